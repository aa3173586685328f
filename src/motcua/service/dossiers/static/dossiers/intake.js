// Intake: Enter goes on to the next field, and looks a known person up where a number stands. All works without it.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    // Vietnamese input methods send Enter to end a composition: that one is not ours.
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    const field = event.target;
    const form = field instanceof Element ? field.closest("form[data-enter-goes-on]") : null;
    if (!form || !field.matches("input:not([type=submit]), select")) return;
    event.preventDefault();
    const known = field.closest(".known");
    if (known && field.value.trim()) { known.querySelector("[data-known]").click(); return; }
    const fields = Array.from(form.querySelectorAll("input:not([type=hidden]):not([disabled]), select, textarea, button:not([tabindex='-1'])"))
      .filter((one) => one.offsetParent !== null && !one.closest("details:not([open])") && !(one.type === "radio" && one.name === field.name));
    const after = fields.filter((one) => field.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    after[0]?.focus();
  });
  // "All papers" is seen at each of them; who takes it back finds his own ticks again. The server reads the one box alone.
  const whole = document.querySelector("form.counter input[name=all_papers]");
  function tickAll() {
    document.querySelectorAll(".checklist-row input[type=checkbox]").forEach((box) => {
      if (box.disabled === whole.checked) return;
      if (whole.checked) box.dataset.before = box.checked ? "1" : "";
      box.checked = whole.checked || box.dataset.before === "1";
      box.disabled = whole.checked;
    });
  }
  if (whole) { whole.addEventListener("change", tickAll); tickAll(); }
  // What was found is filled in: the hand goes on from the first field that is still empty.
  document.addEventListener("htmx:afterSwap", () => {
    const part = document.getElementById("applicant");
    const empty = Array.from(part?.querySelectorAll("input") || []).find((one) => !one.value && one.required);
    (empty || part?.querySelector("#tn_address"))?.focus();
  });
})();
