/** Wallets that the browser holds: found by EIP-6963, else `window.ethereum` (EIP-1193). They sign; keys stay there. */
import { useSyncExternalStore } from "react";

type Provider = { request: (asked: { method: string; params?: unknown[] }) => Promise<unknown> };
export type Wallet = { id: string; name: string; icon?: string; provider: Provider };
export type Receipt = { status: string; blockNumber: string };

let found: Wallet[] = [];
const listeners = new Set<() => void>();

function announce(wallet: Wallet): void {
  if (found.some((known) => known.id === wallet.id)) return;
  found = [...found, wallet];
  for (const listener of listeners) listener();
}

type Announced = CustomEvent<{ info: { uuid: string; name: string; icon?: string }; provider: Provider }>;

function discover(): void {
  addEventListener("eip6963:announceProvider", (event) => {
    const { info, provider } = (event as Announced).detail;
    announce({ id: info.uuid, name: info.name, icon: info.icon, provider });
  });
  dispatchEvent(new Event("eip6963:requestProvider"));
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) discover();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let injected: Wallet[] = [];

/** All that announce themselves; where none does, the one that older wallets put into the window. */
function wallets(): Wallet[] {
  const provider = (window as { ethereum?: Provider }).ethereum;
  if (found.length > 0 || !provider) return found;
  if (injected[0]?.provider !== provider) injected = [{ id: "injected", name: "Browser wallet", provider }];
  return injected;
}

export function useWallets(): Wallet[] {
  return useSyncExternalStore(subscribe, wallets);
}

/** EIP-1193: the person said no. */
export function refusedByPerson(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 4001;
}

/** The address that the person lets this site use. */
export async function addressOf(wallet: Wallet): Promise<string> {
  const [address] = (await wallet.provider.request({ method: "eth_requestAccounts" })) as string[];
  if (!address) throw new Error("The wallet gave no address.");
  return address;
}

export async function signText(wallet: Wallet, address: string, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const hex = `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  return (await wallet.provider.request({ method: "personal_sign", params: [hex, address] })) as string;
}

/** EIP-712. */
export async function signTyped(wallet: Wallet, address: string, data: unknown): Promise<string> {
  const params = [address, JSON.stringify(data)];
  return (await wallet.provider.request({ method: "eth_signTypedData_v4", params })) as string;
}

/** Sends one call on that chain, which the wallet is asked to switch to; resolves with the transaction's hash. */
export async function sendCall(
  wallet: Wallet,
  call: { from: string; to: string; data: string },
  chainId: number,
): Promise<string> {
  const chain = `0x${chainId.toString(16)}`;
  const now = (await wallet.provider.request({ method: "eth_chainId" })) as string;
  if (Number(now) !== chainId)
    await wallet.provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId: chain }] });
  return (await wallet.provider.request({ method: "eth_sendTransaction", params: [call] })) as string;
}

/** Null until the transaction is in a block. */
export async function receiptOf(wallet: Wallet, hash: string): Promise<Receipt | null> {
  return (await wallet.provider.request({
    method: "eth_getTransactionReceipt",
    params: [hash],
  })) as Receipt | null;
}
