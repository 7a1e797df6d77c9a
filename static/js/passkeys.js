// Passkeys: the part of logging in that cannot work without a script. What it cannot do stays hidden.

const TROUBLE = {
  NotAllowedError: "Abgebrochen oder zu lange gewartet. Bitte versuchen Sie es noch einmal.",
  InvalidStateError: "Dieses Gerät hat schon einen Passkey für Ihr Konto.",
  SecurityError: "Passkeys gehen nur unter der richtigen Adresse des Portals und mit https.",
};
const UNKNOWN_TROUBLE = "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.";

const toBytes = (text) => {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function readOptions(source) {
  if (source.startsWith("#")) return JSON.parse(document.querySelector(source).textContent);
  const response = await fetch(source, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

async function createPasskey(publicKey) {
  const created = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      // Known to the device by itself, and only after fingerprint, face or PIN: a passkey, not just a second factor.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  return sent(created, {
    clientDataJSON: toText(created.response.clientDataJSON),
    attestationObject: toText(created.response.attestationObject),
    transports: created.response.getTransports?.() ?? [],
  });
}

async function usePasskey(publicKey) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
  return sent(used, {
    clientDataJSON: toText(used.response.clientDataJSON),
    authenticatorData: toText(used.response.authenticatorData),
    signature: toText(used.response.signature),
    userHandle: used.response.userHandle ? toText(used.response.userHandle) : null,
  });
}

const sent = (credential, response) => ({
  type: credential.type,
  id: credential.id,
  rawId: toText(credential.rawId),
  authenticatorAttachment: credential.authenticatorAttachment ?? null,
  response,
  clientExtensionResults: credential.getClientExtensionResults(),
});

function listen(section) {
  const form = section.querySelector("form");
  const problem = section.querySelector(".passkey-problem");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const options = await readOptions(section.dataset.options);
      const { publicKey } = options.request_options ?? options.creation_options;
      const act = section.dataset.passkey === "create" ? createPasskey : usePasskey;
      form.elements.credential.value = JSON.stringify(await act(publicKey));
      form.submit();
    } catch (error) {
      problem.textContent = TROUBLE[error.name] ?? UNKNOWN_TROUBLE;
      problem.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) {
  for (const missing of document.querySelectorAll("[data-passkey-missing]")) missing.hidden = true;
  for (const section of document.querySelectorAll("[data-passkey]")) {
    section.hidden = false;
    if (section.dataset.options) listen(section);
  }
}
