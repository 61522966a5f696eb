import { Toast } from "radix-ui";
import { useSyncExternalStore } from "react";

import { errorText } from "@/lib/errors";

type Message = { id: number; text: string; bad: boolean };

let messages: Message[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function show(text: string, bad: boolean): void {
  lastId += 1;
  messages = [...messages, { id: lastId, text, bad }].slice(-3);
  for (const listener of listeners) listener();
}

export function toast(text: string): void {
  show(text, false);
}

/** For `onError` of a mutation that has no form to show its error in. */
export function toastError(error: unknown): void {
  show(errorText(error), true);
}

function drop(id: number): void {
  messages = messages.filter((message) => message.id !== id);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => messages);
  return (
    <Toast.Provider duration={6000}>
      {shown.map(({ id, text, bad }) => (
        <Toast.Root
          key={id}
          type={bad ? "foreground" : "background"}
          onOpenChange={(open) => !open && drop(id)}
          className={`animate-rise rounded-md px-4 py-3 text-sm shadow-raised ${bad ? "bg-bad-soft text-bad" : "bg-ink text-on-ink"}`}
        >
          <Toast.Description>{text}</Toast.Description>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed inset-x-4 bottom-4 z-60 mx-auto grid max-w-md gap-2" />
    </Toast.Provider>
  );
}
