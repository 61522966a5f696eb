/** One part to object storage. `fetch` tells nothing of what was sent so far, so this is XMLHttpRequest. */
import { ApiError, Offline } from "@/lib/api";

export function putPart(
  url: string,
  part: Blob,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop, { once: true });
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => {
      const { status, statusText } = request;
      if (status >= 200 && status < 300) resolve();
      else reject(new ApiError(status, "storage_refused", statusText));
    };
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(signal.reason as Error);
    request.onloadend = () => signal.removeEventListener("abort", stop);
    request.open("PUT", url);
    request.send(part);
  });
}
