/* Tells the page that waits in the other tab, and closes this one if the browser allows it. */
new BroadcastChannel("jitasa-signed-in").postMessage("signed-in");
if (window.opener) window.close();
