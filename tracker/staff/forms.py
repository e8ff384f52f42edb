"""What may be said at the door and on one's own account page."""

from wtforms import HiddenField, PasswordField, StringField

from tracker.forms import AtMost, Choose, Form, Needed, Tick
from tracker.words import Words


class Theme(Words):
    """How the pages look."""

    SYSTEM = "system", "As the device is set"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class SignInForm(Form):
    """Name and password. Paste and password managers are welcome."""

    username = StringField("User name", validators=[Needed("Enter your user name."), AtMost(120)], render_kw={"autocomplete": "username"})
    password = PasswordField("Password", validators=[Needed("Enter your password."), AtMost(1000)], render_kw={"autocomplete": "current-password"})
    next = HiddenField(validators=[AtMost(80)])


class PasswordForm(Form):
    """A new password for oneself."""

    current = PasswordField(
        "Current password", validators=[Needed("Enter your current password."), AtMost(1000)], render_kw={"autocomplete": "current-password"}
    )
    password = PasswordField("New password", validators=[Needed("Enter a new password."), AtMost(1000)], render_kw={"autocomplete": "new-password"})
    end_others = Tick("Sign out my other sessions")


class LookForm(Form):
    """How the pages look and listen."""

    theme = Choose("Look", Theme, blank="")
    single_keys = Tick("Single-key shortcuts")
