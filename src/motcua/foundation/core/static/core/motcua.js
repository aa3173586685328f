// What pages do beyond HTML: keys in lists, one send per press, kept drafts, idle lock, upload progress, print slips.
// No inline script, no eval; every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const body = document.body;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  root.classList.add("js");

  // Vietnamese typing (Telex, VNI) composes letters and sends backspaces of its own: keys are ours only outside fields.
  const typing = (event) =>
    event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey ||
    (event.target instanceof Element &&
      event.target.closest("input,textarea,select,[contenteditable]:not([contenteditable=false]),dialog"));

  // ---- j / k / Enter on a board ----
  const rows = () => all("[data-keys] [data-row]").filter((row) => row.offsetParent !== null);
  function walk(step) {
    const list = rows();
    if (!list.length) return;
    const now = list.findIndex((row) => row.classList.contains("is-here"));
    const next = Math.max(0, Math.min(list.length - 1, now < 0 ? 0 : now + step));
    if (now >= 0) list[now].classList.remove("is-here");
    list[next].classList.add("is-here");
    list[next].querySelector("[data-row-link]")?.focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (typing(event)) return;
    if (event.key === "j" || event.key === "k") {
      walk(event.key === "j" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Enter" && event.target === body) {
      document.querySelector("[data-row].is-here [data-row-link]")?.click();
    }
  });

  // ---- work in bulk: the bar stands only while rows are ticked ----
  function countTicks() {
    const ticked = all("[data-tick]:checked").length;
    all("[data-bulk]").forEach((bar) => { bar.hidden = ticked === 0; });
    all("[data-bulk-count]").forEach((place) => { place.textContent = String(ticked); });
  }

  // ---- one send per press; the pressed button's name and value still go ----
  function release(form) {
    delete form.dataset.sent;
    all("[aria-busy=true]", form).forEach((button) => button.removeAttribute("aria-busy"));
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopPropagation(); return; }
    form.dataset.sent = "1";
    setTimeout(() => release(form), 15000); // a cut line must not leave a dead button; the server knows the key
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    if (form.dataset.keep) { waiting = null; remember(form, true); }
    if (form.hasAttribute("data-forgets")) forget();
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form) release(form);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(release));

  // ---- kept drafts: a form with data-keep="intake" outlives a cut line, a reload, an accidental "back" ----
  // In sessionStorage under the officer's name, never longer than the tab nor than a quarter of an hour: the next citizen
  // must not find what the one before said. Sign-out, a locked desk and a change of officer wipe all.
  // Where one form serves several things, data-keep-of names the thing: a draft of another one fills only what stands in
  // [data-keep-across], as who the citizen is, and never ticks the papers of another procedure.
  const KEPT_FOR = 15 * 60000;
  const store = window.sessionStorage;
  const mine = "motcua.kept." + (body.dataset.officer || "anyone") + ".";
  const keepable = (field) =>
    field.name && !field.disabled && !/^(password|file|hidden|submit|button)$/.test(field.type) && !field.closest("[data-not-kept]");
  let pause = 0;
  let waiting = null;
  function forget(prefix = "motcua.kept.") {
    waiting = null; // what is wiped is not written anew while the page goes away
    Object.keys(store).filter((key) => key.startsWith(prefix)).forEach((key) => store.removeItem(key));
  }
  function remember(form, sent) {
    const values = Array.from(form.elements).filter(keepable).map((field) =>
      [field.name, field.value, /^(checkbox|radio)$/.test(field.type) ? field.checked : null]);
    try { store.setItem(mine + form.dataset.keep, JSON.stringify({ sent, of: form.dataset.keepOf || "", values, at: Date.now() })); } catch { /* full: go on without */ }
  }
  function isFresh(key) {
    try {
      const age = Date.now() - (JSON.parse(store.getItem(key)).at ?? 0);
      return age >= 0 && age < KEPT_FOR;
    } catch { return false; }
  }
  function recall(form) {
    const kept = JSON.parse(store.getItem(mine + form.dataset.keep) || "null");
    if (!kept || form.querySelector(".is-invalid,.error-summary")) return;
    const same = (kept.of || "") === (form.dataset.keepOf || "");
    let brought = same;
    kept.values.forEach(([name, value, checked]) => {
      const field = Array.from(form.elements).find((one) => one.name === name && (checked === null || one.value === value));
      if (!field || !keepable(field) || !(same || field.closest("[data-keep-across]"))) return;
      if (checked === null) field.value = value; else field.checked = checked;
      if (!value || checked !== null) return;
      brought = true;
      if (field.matches("input,textarea")) field.closest("details")?.setAttribute("open", ""); // what is filled in is seen
    });
    if (brought) all(same ? "[data-kept-note]" : "[data-kept-note-across]", form).forEach((note) => { note.hidden = false; });
  }
  if (Object.keys(store).some((key) => key.startsWith("motcua.kept.") && !key.startsWith(mine))) {
    if (body.dataset.officer) forget();
  }
  if (document.querySelector("[data-forget-now]")) forget();
  Object.keys(store).filter((key) => key.startsWith(mine) && !isFresh(key)).forEach((key) => store.removeItem(key));
  if (body.dataset.keptDone) forget(mine + body.dataset.keptDone);
  if (!document.querySelector("[data-failed]")) {
    Object.keys(store).filter((key) => key.startsWith(mine)).forEach((key) => {
      const here = document.querySelector(`form[data-keep="${CSS.escape(key.slice(mine.length))}"]`);
      if (!here && JSON.parse(store.getItem(key)).sent) store.removeItem(key);
    });
  }
  all("form[data-keep]").forEach(recall);
  function keepNow() {
    clearTimeout(pause);
    if (waiting) remember(waiting, false);
    waiting = null;
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-tick]")) countTicks();
    if (!event.target.form?.dataset.keep) return;
    waiting = event.target.form;
    clearTimeout(pause);
    pause = setTimeout(keepNow, 300);
  });
  window.addEventListener("pagehide", keepNow);
  document.addEventListener("click", (event) => {
    const form = event.target instanceof Element && event.target.closest("[data-start-anew]")?.form;
    if (!form) return;
    forget(mine + form.dataset.keep);
    form.reset();
    window.location.replace(window.location.pathname + window.location.search); // as it is made: no value found meanwhile
  });

  // ---- lock when nobody works: the server asks for the PIN again ----
  if (body.dataset.lock) {
    const limit = Number(body.dataset.idle) * 60000;
    let last = Date.now(), locking = false;
    ["keydown", "pointerdown", "scroll"].forEach((kind) =>
      document.addEventListener(kind, () => { last = Date.now(); }, { passive: true, capture: true }));
    setInterval(() => {
      if (locking || Date.now() - last < limit) return;
      locking = true;
      forget();
      const form = Object.assign(document.createElement("form"), { method: "post", action: body.dataset.lock, hidden: true });
      const token = JSON.parse(body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
      for (const [name, value] of [["csrfmiddlewaretoken", token], ["next", location.pathname + location.search]])
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      body.append(form);
      form.submit();
    }, 5000);
  }

  // ---- files: drop, send at once, show how far ----
  function send(file, input, line) {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append(input.name, file);
    request.upload.onprogress = (event) => { if (event.lengthComputable) line.bar.value = event.loaded / event.total; };
    request.onload = () => finish(line, request.status < 300, request.responseText);
    request.onerror = () => finish(line, false, "");
    request.open("POST", input.dataset.upload);
    request.setRequestHeader("X-CSRFToken", JSON.parse(body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "");
    request.send(form);
  }
  function finish(line, done, answer) {
    line.bar.remove();
    line.said.className = done ? "" : "bad";
    line.said.textContent = done ? "đã tải lên" : (answer.length < 200 && answer) || "chưa tải được, tệp vẫn ở máy này; bấm chọn lại để thử";
  }
  function list(input, files) {
    const place = input.closest("[data-filedrop]").querySelector(".filedrop-list");
    if (!input.dataset.upload) place.replaceChildren();
    Array.from(files).forEach((file) => {
      const item = document.createElement("li");
      const line = { said: document.createElement("span"), bar: document.createElement("progress") };
      const size = file.size < 1e6 ? Math.ceil(file.size / 1e3) + " kB" : (file.size / 1e6).toFixed(1).replace(".", ",") + " MB";
      item.append(file.name + " ", Object.assign(document.createElement("span"), { className: "muted", textContent: size }), line.said);
      if (input.dataset.upload) { line.bar.setAttribute("aria-label", file.name); item.append(line.bar); send(file, input, line); }
      place.append(item);
    });
  }
  all("[data-filedrop]").forEach((zone) => {
    const input = zone.querySelector("input[type=file]");
    const over = (on) => (event) => { event.preventDefault(); zone.classList.toggle("is-over", on); };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => { over(false)(event); input.files = event.dataTransfer.files; list(input, input.files); });
    input.addEventListener("change", () => list(input, input.files));
  });

  // ---- a day is typed; the browser's calendar only fills it in (its own box would speak the browser's language) ----
  all("[data-day-open]").forEach((opener) => {
    const line = opener.previousElementSibling;
    const picker = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1, className: "day-picker" });
    if (!picker.showPicker || line.readOnly) return;
    picker.setAttribute("aria-hidden", "true");
    opener.after(picker);
    opener.hidden = false;
    // Where a form asks for two days, each key says whose it is.
    const label = line.labels[0]?.firstChild?.textContent.trim();
    if (label) opener.setAttribute("aria-label", "Chọn trên lịch: " + label);
    opener.title = "Chọn trên lịch";
    opener.addEventListener("click", () => {
      const [day, month, year] = line.value.trim().split(/\s*[/.\s-]\s*/);
      picker.value = month ? [year || new Date().getFullYear(), month.padStart(2, "0"), day.padStart(2, "0")].join("-") : "";
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      if (!picker.value) return;
      line.value = picker.value.split("-").map(Number).reverse().join("/");
      line.dispatchEvent(new Event("input", { bubbles: true }));
      line.dispatchEvent(new Event("change", { bubbles: true }));
      line.focus();
    });
  });

  // ---- slips: print the PDF without leaving the page ----
  function print(url) {
    const frame = Object.assign(document.createElement("iframe"), { src: url, title: "Bản in", className: "visually-hidden" });
    frame.addEventListener("load", () => {
      const here = document.activeElement; // the hand stays where it was: the next key is meant for the page, not the slip
      try { frame.contentWindow.print(); } catch { window.open(url); }
      here?.focus();
    });
    body.append(frame);
  }
  all("[data-print-now]").forEach((link) => print(link.dataset.print));

  // ---- small things: dialogs, toasts, "back", the folding menu, the first error ----
  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target instanceof Element && event.target.closest(selector);
    const opener = hit("[data-dialog]");
    const box = opener && document.getElementById(opener.dataset.dialog);
    if (box) { event.preventDefault(); box.showModal(); } // a link that opens a dialog still leads somewhere without us
    if (hit("[data-close]")) hit("[data-toast]")?.remove();
    if (hit("button[name=back]")) history.back();
    const slip = hit("[data-print]");
    if (slip) { event.preventDefault(); print(slip.dataset.print); }
  });
  setTimeout(() => all(".toasts > [data-toast=good],.toasts > [data-toast=ink]").forEach((toast) => toast.remove()), 8000);
  // Folded on a phone; a tablet that is turned on its side has room for the menu again, and no way to unfold it.
  const narrow = window.matchMedia("(max-width:699px)");
  const folds = () => all("[data-folds]").forEach((fold) => { fold.open = !narrow.matches; });
  if (narrow.matches) folds();
  narrow.addEventListener?.("change", folds);
  all("[data-focus]").find((place) => !place.closest("[data-still]"))?.focus();
  countTicks();
})();
