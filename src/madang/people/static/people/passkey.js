// Shows what needs a passkey where the browser knows them, and says so when one did not work.
// The exchange itself is django-allauth's (mfa/js/webauthn.js); it tells of errors by an event.

// django-allauth listens from this moment on; a button that came before on a thin line, and did
// nothing when it was pressed, would be taken for a broken one.
document.addEventListener("DOMContentLoaded", () => {
  if (window.PublicKeyCredential) {
    document.getElementById("passkey")?.removeAttribute("hidden");
  }
  for (const button of document.querySelectorAll("button[data-passkey]")) {
    button.disabled = false;
  }
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const notice = document.getElementById("passkey-error");
  notice.hidden = false;
  notice.scrollIntoView({ block: "center" });
});
