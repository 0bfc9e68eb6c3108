// Shows what needs a passkey where the browser knows them, and says so when one did not work.
// The exchange itself is django-allauth's (mfa/js/webauthn.js); it tells of errors by an event.

if (window.PublicKeyCredential) {
  document.getElementById("passkey")?.removeAttribute("hidden");
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const notice = document.getElementById("passkey-error");
  notice.hidden = false;
  notice.scrollIntoView({ block: "center" });
});
