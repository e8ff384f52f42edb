/* Waypoint's own script: it only shortens the way. Every link and form works without it.
   Nothing is kept in the browser: words live in the page and, as drafts, on the server. */
(() => {
  "use strict";
  const doc = document, body = doc.body;
  const one = (sel, root = doc) => root.querySelector(sel);
  const all = (sel, root = doc) => [...root.querySelectorAll(sel)];
  const seen = (el) => el && el.getClientRects().length > 0;
  const token = () => one("meta[name=csrf-token]")?.content || "";
  const signedIn = body.hasAttribute("data-signed-in");

  /* ---- htmx writes the page's address into the browser's memory of the tab: it is taken out again at once ---- */
  const forget = () => { try { sessionStorage.clear(); } catch { /* storage is closed, and so it is empty */ } };
  ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"].forEach((name) => doc.addEventListener(name, forget));
  forget();

  /* ---- sending: 401 means the session ended; the lock takes over ---- */
  const send = async (url, options = {}) => {
    const answer = await fetch(url, { credentials: "same-origin", ...options, headers: { "HX-Request": "true", "X-CSRFToken": token(), ...options.headers } });
    if (answer.status === 401) lock("The session ended. Your words are kept.");
    else touched = Date.now();
    return answer;
  };

  /* ---- drafts: after a pause of 0.8 s, and every 4 s while somebody types on ---- */
  const drafts = new Map();
  const draftOf = (form) => {
    if (!drafts.has(form)) drafts.set(form, { form, wait: 1000, first: 0, timer: 0, busy: false, dirty: false, off: false });
    return drafts.get(form);
  };
  const statusOf = (form) => one("[data-draft-status]", form) || all("[data-draft-status]").find((s) => !s.closest("form"));
  const say = (form, words, off) => {
    const status = statusOf(form);
    if (!status) return;
    status.textContent = words;
    status.classList.toggle("off", !!off);
  };
  const typed = (form) => {
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && !["csrf_token", "nonce", "password"].includes(name)) words.append(name, value);
    return words;
  };
  const notSaved = (on) => {
    let bar = one("#not-saved");
    if (on && !bar && one("#main")) {
      bar = doc.createElement("div");
      bar.id = "not-saved";
      bar.className = "notsaved";
      bar.setAttribute("role", "alert");
      bar.textContent = "Not saved. Your words are kept on this screen and tried again.";
      one("#main").prepend(bar);
    } else if (!on) bar?.remove();
  };
  const keep = async (d, keepalive = false) => {
    clearTimeout(d.timer);
    if (!d.dirty || d.off) return;
    if (d.busy) { d.timer = setTimeout(() => keep(d), 400); return; }
    d.busy = true; d.dirty = false; d.first = 0;
    try {
      const answer = await send(d.form.dataset.draft, { method: "POST", body: typed(d.form), keepalive });
      const words = (answer.headers.get("content-type") || "").startsWith("text/") ? (await answer.text()).trim() : "";
      if (answer.ok) { d.wait = 1000; notSaved(false); if (!d.off) say(d.form, words.length < 120 ? words.replace(/<[^>]*>/g, "") : ""); }
      else if (answer.status >= 500 || answer.status === 429) throw new Error("later");
      else if (answer.status === 401) d.dirty = true;
      else say(d.form, "The draft was not kept", true);
    } catch {
      d.dirty = true; notSaved(true); say(d.form, "", true);
      d.timer = setTimeout(() => keep(d), d.wait);
      d.wait = Math.min(d.wait * 2, 30000);
    } finally { d.busy = false; }
  };
  const typing = (event) => {
    const form = event.target.form || event.target.closest?.("form");
    if (!form?.dataset.draft) return;
    const d = draftOf(form);
    if (d.off) return;
    d.dirty = true; d.first ||= Date.now();
    clearTimeout(d.timer);
    d.timer = setTimeout(() => keep(d), Math.max(0, Math.min(800, d.first + 4000 - Date.now())));
  };
  doc.addEventListener("input", typing);
  doc.addEventListener("change", typing);
  const keepAll = (alive) => drafts.forEach((d) => keep(d, alive));
  addEventListener("online", () => keepAll());
  doc.addEventListener("visibilitychange", () => doc.hidden && keepAll(true));

  /* ---- one press, one record: the button rests while its form is under way ---- */
  const free = (form) => {
    delete form.dataset.busy;
    [...form.elements].forEach((b) => { if (b.dataset.rests) { b.disabled = false; delete b.dataset.rests; } });
    const d = drafts.get(form);
    if (d) d.off = false;
  };
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.busy) { event.preventDefault(); event.stopPropagation(); return; }
    if (form.target === "_blank" || event.submitter?.formTarget === "_blank") return;
    form.dataset.busy = "1";
    const d = drafts.get(form);
    if (d) { d.off = true; clearTimeout(d.timer); }
    setTimeout(() => [...form.elements].forEach((b) => { if (b.type === "submit" && !b.disabled) { b.disabled = true; b.dataset.rests = "1"; } }));
    setTimeout(() => free(form), 10000);
  }, true);
  doc.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest?.("form"); if (form) free(form); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); else all("form[data-busy]").forEach(free); });

  /* ---- parts that open with an answer: data-reveals="id" data-when="code code" ---- */
  const reveal = (group) => {
    const part = doc.getElementById(group.dataset.reveals);
    if (part) part.hidden = !all(":checked", group).some((box) => group.dataset.when.split(" ").includes(box.value)) && !one("[aria-invalid], .err", part);
  };
  doc.addEventListener("change", (event) => { const group = event.target.closest?.("[data-reveals]"); if (group) reveal(group); });

  /* ---- words that call somebody as the field does that has just been left: data-names="id" ---- */
  doc.addEventListener("change", ({ target }) => {
    if (target.id) all(`[data-names="${CSS.escape(target.id)}"]`).forEach((place) => { const [called] = target.value.trim().split(/\s+/); place.textContent = called && ` with ${called}`; });
  });

  /* ---- order lists: Up, Down, or the handle ---- */
  const told = (list, item) => {
    const items = all("[data-item]", list), status = list.parentElement.querySelector("[data-sort-status]");
    if (status) status.textContent = `${one("[data-title]", item)?.textContent}: ${items.indexOf(item) + 1} of ${items.length}`;
    one("input", item)?.dispatchEvent(new Event("change", { bubbles: true }));
  };
  doc.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-move]"), list = button?.closest("[data-sortable]");
    if (!list) return;
    event.preventDefault();
    const item = button.closest("[data-item]");
    if (button.dataset.move < 0) item.previousElementSibling?.before(item); else item.nextElementSibling?.after(item);
    button.focus();
    told(list, item);
  });
  doc.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-drag]"), item = grip?.closest("[data-item]"), list = item?.closest("[data-sortable]");
    if (!list) return;
    event.preventDefault();
    item.classList.add("dragging");
    const move = (e) => {
      const over = all("[data-item]", list).find((other) => { const r = other.getBoundingClientRect(); return other !== item && e.clientY > r.top && e.clientY < r.bottom; });
      if (over) over.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING ? over.before(item) : over.after(item);
    };
    const drop = () => {
      doc.removeEventListener("pointermove", move);
      ["pointerup", "pointercancel"].forEach((name) => doc.removeEventListener(name, drop));
      item.classList.remove("dragging");
      told(list, item);
    };
    doc.addEventListener("pointermove", move); // on the document: a handle that is moved in the page loses its capture
    ["pointerup", "pointercancel"].forEach((name) => doc.addEventListener(name, drop));
  });

  /* ---- polls: every 30 s, only while the page is looked at, never under a pointer or a focus ---- */
  if (one("[data-poll]")) setInterval(() => {
    if (doc.hidden || locked) return;
    all("[data-poll]").forEach(async (part) => {
      if (part.contains(doc.activeElement) || part.matches(":hover")) return;
      try {
        const answer = await send(part.dataset.poll);
        if (answer.status !== 200) return;
        const html = await answer.text();
        if (html.trim() !== part.innerHTML.trim()) { part.innerHTML = html; window.htmx?.process(part); }
      } catch { /* the next poll tries again */ }
    });
  }, 30000);

  /* ---- the side sheet: log from the queue, so that the queue stays ---- */
  const sheet = one("#side-sheet");
  const openSheet = async (url) => {
    const answer = await send(url).catch(() => null);
    const html = answer?.ok ? await answer.text() : "";
    if (!html || html.includes("<html")) { location.href = url; return; }
    const inside = one("[data-sheet-body]", sheet);
    inside.innerHTML = html;
    window.htmx?.process(inside);
    sheet.showModal();
    ready(inside);
    (one("[autofocus], textarea", inside) || inside).focus();
  };

  /* ---- the idle lock: what is on the screen leaves the page, not the memory ---- */
  const idle = Number(body.dataset.idleSeconds) * 1000, wire = signedIn && "BroadcastChannel" in window ? new BroadcastChannel("waypoint") : null;
  const gate = one("#lock"), warning = one("#idle-warning");
  let moved = Date.now(), touched = Date.now(), locked = null;
  const active = () => {
    if (locked) return;
    const before = moved;
    moved = Date.now();
    if (moved - before < 1000) return;
    wire?.postMessage(moved);
    if (moved - touched > 300000) { touched = moved; send("/account", { method: "HEAD" }).catch(() => {}); }
  };
  const lock = (words) => {
    if (!gate || locked) return;
    keepAll(true);
    all("dialog[open]").forEach((d) => d.close());
    all("[popover]").forEach((p) => p.matches(":popover-open") && p.hidePopover());
    locked = [one(".shell"), one("[data-sheet-body]")].map((place) => { const kept = doc.createDocumentFragment(); kept.append(...place.childNodes); return [place, kept]; });
    if (words) tell(words);
    gate.showModal();
  };
  const tell = (words) => { const line = one("[data-sentence]", gate); line.textContent = words; line.hidden = !words; };
  const unlock = (csrf) => {
    locked.forEach(([place, kept]) => place.append(kept));
    locked = null;
    moved = touched = Date.now();
    all("input[name=csrf_token]").forEach((input) => { input.value = csrf; });
    one("meta[name=csrf-token]").content = csrf;
    body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": csrf }));
    tell("");
    gate.close();
    all("form[data-busy]").forEach(free);
    keepAll();
  };
  if (signedIn && gate && idle) {
    ["keydown", "pointerdown", "pointermove", "scroll", "touchstart"].forEach((name) => addEventListener(name, active, { passive: true, capture: true }));
    wire?.addEventListener("message", (event) => { moved = Math.max(moved, event.data); });
    gate.addEventListener("cancel", (event) => event.preventDefault());
    setInterval(() => {
      const rest = Date.now() - moved;
      if (locked) return;
      if (rest >= idle) lock();
      else if (rest >= idle - 120000) { if (!warning.open && !doc.hidden) warning.showModal(); }
      else if (warning.open) warning.close();
    }, 1000);
    doc.addEventListener("visibilitychange", () => { if (!doc.hidden && !locked && Date.now() - moved >= idle) lock(); });
    one("form", gate).addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      try {
        const answer = await fetch(form.action, { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(new FormData(form)) });
        const said = await answer.json().catch(() => ({}));
        form.reset();
        if (answer.ok && said.csrf) unlock(said.csrf);
        else { tell(said.sentence || "That did not work. Open the page anew; your draft is kept."); one("input[type=password]", form).focus(); }
      } catch { tell("Not reachable right now. Try again in a moment."); }
      free(form);
    });
  }
  doc.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401) lock("The session ended. Your words are kept.");
    else if (status >= 500) notSaved(true);
  });
  doc.addEventListener("htmx:sendError", () => notSaved(true));
  doc.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.xhr.status < 400) { notSaved(false); touched = Date.now(); } });

  /* ---- keys: single letters, dead inside fields and when switched off ---- */
  const singles = body.dataset.keys !== "off";
  let going = 0;
  const rows = () => all("main [data-row]").filter(seen);
  const rowNow = () => doc.activeElement?.closest?.("[data-row]") || one("main [data-row].sel");
  const toRow = (row) => (row && (one("[data-open]", row) || row).focus(), row?.scrollIntoView({ block: "nearest" }));
  const popover = (id) => one(id)?.togglePopover?.();
  const find = () => { const box = one("[data-find]"); if (seen(box)) { box.focus(); box.select(); } else one("a[href='/find']")?.click(); };
  const place = (letter) => one(`#nav a[title="${{ t: "Today", c: "Cases", d: "Directory", p: "Packets", r: "Review" }[letter]}"]`)?.click();
  const lone = () => { // the one form of a page that has a solid button
    const found = all("main form").filter((form) => form.method === "post" && [...form.elements].some((b) => b.type === "submit" && b.classList.contains("btn-p")));
    return found.length === 1 ? found[0] : null;
  };
  const save = () => {
    const form = doc.activeElement?.form || doc.activeElement?.closest?.("form") || one("main form[data-draft]") || lone();
    if (!form || form.method !== "post") return false;
    const buttons = [...form.elements].filter((b) => b.type === "submit" && !b.dataset.move && !b.disabled);
    form.requestSubmit(buttons.find((b) => b.classList.contains("btn-p")) || buttons[0]);
    return true;
  };
  const single = (key) => {
    const row = rowNow(), list = rows(), at = list.indexOf(row);
    if (going && Date.now() - going < 1500) { going = 0; return place(key); }
    if (key === "g") { going = Date.now(); return; }
    if (key === "j" || key === "k") return toRow(list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + (key === "j" ? 1 : -1)))]);
    if (key === "/") return find();
    if (key === "h") return popover("#crisis-sheet");
    if (key === "?") return popover("#keys-sheet");
    if (row && key === "x") return one("input[type=checkbox]", row)?.click();
    if (row && key === "l" && row.dataset.log) return openSheet(row.dataset.log);
    const quoted = CSS.escape(key), button = row && one(`[data-row-key="${quoted}"]`, row);
    if (button) return button.click();
    const links = all(`[data-key="${quoted}"]`).filter(seen), link = links.find((one) => one.hasAttribute("hx-get")) || links[0]; // in place before a new page
    if (link) return link.click();
    return false;
  };
  doc.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || locked) return;
    const { key, target } = event, ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && !event.altKey && key === "Enter") { if (save()) event.preventDefault(); return; }
    if (ctrl && !event.altKey && !event.shiftKey && key.toLowerCase() === "k") { event.preventDefault(); find(); return; }
    if (event.altKey && !ctrl && /^Digit[1-3]$/.test(event.code)) {
      const choice = all("[data-alt-choice] input[type=radio]")[event.code.slice(5) - 1];
      if (choice) { event.preventDefault(); choice.click(); choice.focus(); }
      return;
    }
    if (!singles || ctrl || event.altKey || key.length !== 1 || one("dialog[open]")) return;
    if (target.closest("input, textarea, select, [contenteditable]")) return;
    if (single(key.toLowerCase()) !== false) event.preventDefault();
  });
  doc.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) all("[data-row].sel").forEach((other) => other !== row && other.classList.remove("sel"));
    row?.classList.add("sel");
  });

  /* ---- menus, dialogs, print ---- */
  doc.addEventListener("click", (event) => {
    all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (event.target.closest("[data-close]")) { event.target.closest("dialog")?.close(); active(); }
    if (event.target.closest("[data-print]")) print();
    if (event.target === sheet) sheet.close();
  });
  doc.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && one("details[data-menu][open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); }
  });

  /* ---- after load and after every swap: focus never falls to the body, changes are said ---- */
  const ready = (root) => {
    all("[data-reveals]", root).forEach(reveal);
    all("[data-print]", root).forEach((button) => { button.hidden = false; });
    const places = all("[data-focus]", root), [place] = places;
    place?.focus();
    places.forEach((asked) => asked.removeAttribute("data-focus")); // once: a later swap beside it leaves the focus where it is
    place?.closest(".logbox")?.scrollIntoView({ block: "nearest" }); // its button too, where the window is high enough
  };
  doc.addEventListener("htmx:afterSettle", (event) => {
    const part = event.target !== body && event.target.isConnected ? event.target : one(`#${CSS.escape(event.detail.target?.id || "main")}`);
    ready(part?.parentElement || doc);
    if (part && (doc.activeElement === body || !doc.activeElement)) { if (!part.hasAttribute("tabindex")) part.tabIndex = -1; part.focus({ preventScroll: true }); }
  });
  ready(doc);
  const said = one("#said");
  if (said?.textContent.trim()) { const parts = [...said.childNodes]; said.replaceChildren(); setTimeout(() => said.append(...parts), 120); }
})();
