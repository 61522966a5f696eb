/** Passkeys (WebAuthn) in the JSON that the server speaks. */
type Options = { publicKey: unknown };

export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

/** The person chose not to, or took too long: nothing that an error text would help with. */
export function declined(error: unknown): boolean {
  return error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name);
}

/** Makes a passkey on this device or a key. Rejects with a `DOMException` when the person declines. */
export async function makePasskey(options: unknown): Promise<unknown> {
  const { publicKey } = options as Options;
  const made = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
      publicKey as PublicKeyCredentialCreationOptionsJSON,
    ),
  });
  return (made as PublicKeyCredential).toJSON();
}

/** Signs with a passkey of this site. Rejects with a `DOMException` when the person declines. */
export async function signWithPasskey(options: unknown): Promise<unknown> {
  const { publicKey } = options as Options;
  const signed = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
      publicKey as PublicKeyCredentialRequestOptionsJSON,
    ),
  });
  return (signed as PublicKeyCredential).toJSON();
}
