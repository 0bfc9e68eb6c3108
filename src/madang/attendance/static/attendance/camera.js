// Reads QR codes from the phone's camera: by the browser where it can, else by a decoder of our own.

const EVERY = 150; // milliseconds between two looks
const WIDEST = 640; // a badge at arm's length is read from a picture of this width

export async function start(video, decoderSrc, read) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false,
  });
  video.srcObject = stream;
  await video.play();
  const decode = await decoder(decoderSrc);
  let running = true;
  (async () => {
    while (running) {
      const text = video.readyState >= 2 ? await decode(video).catch(() => "") : "";
      if (running && text) read(text);
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  })();
  return () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}

async function decoder(src) {
  if ("BarcodeDetector" in window) {
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (formats.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
    }
  }
  await load(src);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data ?? "";
  };
}

function load(src) {
  if (window.jsQR) return undefined;
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = resolve;
    script.onerror = () => reject(new Error("no decoder"));
    document.head.append(script);
  });
}
