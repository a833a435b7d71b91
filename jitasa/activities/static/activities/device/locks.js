// One page or worker at a time works on a thing; where the browser has no locks there is but one that matters.
export const lockOfRecord = (key) => `jitasa-record-${key}`;

const ANSWER = 1200, GOING = 8000; // ms: a page that is alive answers; one that is just going lets go

/**
 * Hold the name for as long as the page lives; resolves to whether it could be had. A page that holds it already says so when
 * asked; one that does not answer is on its way out and is waited for.
 */
export function holdForEver(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(name), given = new AbortController();
    const giveUp = () => given.abort();
    const late = setTimeout(giveUp, GOING), again = setTimeout(() => channel.postMessage("who"), ANSWER);
    const answered = () => { clearTimeout(late); clearTimeout(again); };
    channel.onmessage = ({ data }) => { if (data === "here") giveUp(); };
    navigator.locks.request(name, { signal: given.signal }, () => {
      answered();
      channel.onmessage = ({ data }) => { if (data === "who") channel.postMessage("here"); };
      resolve(true);
      return new Promise(() => {});
    }).catch(() => { answered(); channel.close(); resolve(false); });
    channel.postMessage("who");
  });
}

/** Run `act` alone; resolves to its answer, or to `otherwise` when somebody else is at it. */
export function alone(name, act, otherwise = null) {
  if (!navigator.locks) return act();
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? act() : otherwise));
}
