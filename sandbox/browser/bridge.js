// What WeChat puts into every page: its bridge, the long press on pictures, and word of where the page is.
(() => {
  if (window.WeixinJSBridge) return;
  const LONG_PRESS_MS = 500;
  const MOVED_PX = 10;

  Object.defineProperty(navigator, "userAgent", { get: () => "__USER_AGENT__", configurable: true });
  window.__wxjs_environment = "browser";

  const tell = (type, data = {}) => {
    if (window.parent !== window) window.parent.postMessage({ wechat: true, type, ...data }, "*");
  };

  // What WeCom's client answers belongs to this load of the page alone.
  const inWeCom = / wxwork\//.test(navigator.userAgent);
  const load = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("");
  const ask = async (name, given) => {
    const asked = { name, arguments: given ?? {}, page: load, path: location.pathname + location.search };
    try {
      const response = await fetch("/__wechat__/js", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(asked) });
      return await response.json();
    } catch {
      return { err_msg: `${name}:fail network` };
    }
  };

  window.WeixinJSBridge = {
    invoke(name, given, done) {
      if (name === "closeWindow") tell("close");
      if (name !== "closeWindow" && inWeCom) void ask(name, given).then((answer) => done?.(answer));
      else if (done) done({ err_msg: name === "closeWindow" ? "closeWindow:ok" : `${name}:fail` });
    },
    call(name) {
      this.invoke(name);
    },
    on() {},
  };
  document.dispatchEvent(new Event("WeixinJSBridgeReady"));

  const tellPage = () => tell("page", { title: document.title, path: location.pathname + location.search + location.hash });
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function changed(...given) {
      original.apply(this, given);
      tellPage();
    };
  }
  addEventListener("popstate", tellPage);
  addEventListener("hashchange", tellPage);
  addEventListener("load", tellPage);
  addEventListener("pageshow", tellPage);
  document.addEventListener("DOMContentLoaded", () => {
    tellPage();
    new MutationObserver(tellPage).observe(document.head, { subtree: true, childList: true, characterData: true });
  });

  let timer = 0;
  let from = null;
  let pressedAt = 0;
  const pictureAt = (target) => (target instanceof Element ? target.closest("img") : null);
  const pressed = (picture) => {
    if (Date.now() - pressedAt < 700) return;
    pressedAt = Date.now();
    tell("picture", { url: picture.currentSrc || picture.src });
  };
  const start = (event) => {
    const picture = pictureAt(event.target);
    if (!picture || event.button > 0) return;
    from = event;
    clearTimeout(timer);
    timer = setTimeout(() => pressed(picture), LONG_PRESS_MS);
  };
  const stop = () => clearTimeout(timer);
  const move = (event) => {
    if (from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > MOVED_PX) stop();
  };
  addEventListener("pointerdown", start, true);
  addEventListener("pointermove", move, true);
  addEventListener("pointerup", stop, true);
  addEventListener("pointercancel", stop, true);
  addEventListener("contextmenu", (event) => {
    const picture = pictureAt(event.target);
    if (!picture) return;
    event.preventDefault();
    stop();
    pressed(picture);
  }, true);
  addEventListener("dragstart", (event) => pictureAt(event.target) && event.preventDefault(), true);
  // The tap that ends a long press must not follow the link around the picture.
  addEventListener("click", (event) => {
    if (Date.now() - pressedAt < 1000 && pictureAt(event.target)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || !/^https?:$/.test(link.protocol)) return;
    if (link.origin !== location.origin) {
      event.preventDefault();
      tell("open", { url: link.href });
    } else if (link.target) {
      event.preventDefault();
      location.assign(link.href);
    }
  }, true);
})();
