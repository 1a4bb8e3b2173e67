/** The command line of a browser that meets hostile pages: one door out, and nothing it needs no page for. */
export function browserFlags(options: {
  folder: string;
  proxyPort: number;
  userAgent: string;
  sandbox: boolean;
}): string[] {
  return [
    // Spoken to by a pipe of ours: a port would be open to every program of the machine.
    "--remote-debugging-pipe",
    "--headless",
    "--no-startup-window",
    `--user-data-dir=${options.folder}`,
    `--user-agent=${options.userAgent}`,
    "--lang=en-US",
    ...(options.sandbox ? [] : ["--no-sandbox"]),
    ...oneDoor(options.proxyPort),
    ...quiet,
    ...cheap,
  ];
}

/**
 * Whatever has no password of a page is turned away by the proxy, the browser's own traffic included. Names
 * are the proxy's to look up; without the resolver rule a page could still make the browser ask for them.
 */
const oneDoor = (proxyPort: number): string[] => [
  `--proxy-server=http://127.0.0.1:${proxyPort}`,
  "--proxy-bypass-list=<-loopback>",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--force-webrtc-ip-handling-policy",
  "--disable-quic",
  // One request at a time on a tunnel, so that the proxy's turns are turns of requests.
  "--disable-http2",
];

const quiet = [
  "--no-first-run",
  "--no-default-browser-check",
  "--no-service-autorun",
  "--no-pings",
  "--disable-background-networking",
  "--disable-breakpad",
  "--disable-client-side-phishing-detection",
  "--disable-component-update",
  "--disable-crash-reporter",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-field-trial-config",
  "--disable-sync",
  "--metrics-recording-only",
  "--mute-audio",
  "--password-store=basic",
  "--use-mock-keychain",
];

const cheap = [
  "--disable-gpu",
  "--disable-gpu-compositing",
  "--disable-software-rasterizer",
  "--in-process-gpu",
  // A container's /dev/shm is often too small; the profile folder takes its place.
  "--disable-dev-shm-usage",
  "--disable-remote-fonts",
  "--blink-settings=imagesEnabled=false",
  "--window-size=1280,900",
  // A page that wants more has stopped being a page; the watch on memory is for what this does not count.
  "--js-flags=--max-old-space-size=512",
  "--disable-back-forward-cache",
  `--disable-features=${[
    // Every window of the full browser would start two more pages for menus that nobody opens.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    // A process kept ready for the next site: contexts are thrown away before there is one.
    "SpareRendererForSitePerProcess",
    // An http address is asked for as it is written.
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    // Judges by the proxy's address, not by the site's; the proxy does it right.
    "LocalNetworkAccessChecks",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "Translate",
  ].join(",")}`,
];
