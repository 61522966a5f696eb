import { useState } from "react";

/** What is typed, kept in this tab until it is sent: through a lost session or page. */
export function useKeptText(place: string): [string, (text: string) => void, () => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(place) ?? "");
  const keep = (typed: string) => {
    sessionStorage.setItem(place, typed);
    setText(typed);
  };
  return [text, keep, () => sessionStorage.removeItem(place)];
}
