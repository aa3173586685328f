// Attaching a file: how far it is, and what the office's computer says of it. The form works without this.
(() => {
  "use strict";
  const form = document.querySelector("form[data-attach]");
  if (!form) return;
  const way = form.querySelector("[data-attach-way]");
  const bar = way.querySelector("progress");
  const said = way.querySelector("[data-attach-said]");
  function say(text, bad) {
    said.textContent = text;
    said.className = bad ? "bad" : "";
  }
  function stop(text) {
    bar.hidden = true;
    say(text, true);
    delete form.dataset.sent; // the same press may be tried again: its key makes it count once
    form.querySelectorAll("[aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
  }
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    way.hidden = bar.hidden = false;
    bar.value = 0;
    say("đang gửi…", false);
    request.upload.onprogress = (now) => { if (now.lengthComputable) bar.value = now.loaded / now.total; };
    request.upload.onload = () => say("đã gửi hết, kho đang kiểm tra và đối chiếu…", false);
    request.onload = () => {
      if (request.status === 201) location.assign(request.responseText);
      else stop(/^text\/plain/.test(request.getResponseHeader("Content-Type")) ? request.responseText : "Chưa nhận được tệp (mã " + request.status + "). Tệp vẫn ở máy này; tải lại trang rồi gửi lại.");
    };
    request.onerror = request.onabort = () => stop("Đường truyền bị ngắt nên tệp chưa được nhận. Tệp vẫn ở máy này; bấm Gửi tệp để thử lại.");
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "motcua");
    request.send(new FormData(form));
  });
})();
