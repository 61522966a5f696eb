import { useState } from "react";

/** Texts of a form, kept in this tab until `forget`: through a reload or a session that ends. */
export function useKeptTexts(place: string, initial: Record<string, string>) {
  const [texts, setTexts] = useState<Record<string, string>>(() => ({
    ...initial,
    ...(JSON.parse(sessionStorage.getItem(place) ?? "{}") as Record<string, string>),
  }));
  const change = (name: string, text: string) => {
    const next = { ...texts, [name]: text };
    sessionStorage.setItem(place, JSON.stringify(next));
    setTexts(next);
  };
  return { texts, change, forget: () => sessionStorage.removeItem(place) };
}
