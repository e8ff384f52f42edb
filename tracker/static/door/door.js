"use strict";
// "Leave this page" takes the place of this page in the browser's history, so that Back does not lead to it.
document.addEventListener("click", function (event) {
  const away = event.target.closest("[data-leave]");
  if (!away) return;
  event.preventDefault();
  document.body.hidden = true;
  window.location.replace(away.href);
});
