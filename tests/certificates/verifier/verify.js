// Verifies credentials as somebody else would, without the network.
//
//   node verify.js FOLDER
//
// FOLDER holds `documents.json` (what every address answers: contexts, DID documents, status lists),
// `schema.json` (1EdTech's schema of an AchievementCredential), and `credentials.json` (by name).
// Prints, by name, whether the credential conforms, is signed by its issuer, and holds; and why not.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { verifyCredential } from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import Ajv2019 from "ajv/dist/2019.js";
import addFormats from "ajv-formats";

const folder = process.argv[2];
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const documents = read("documents.json");

const documentLoader = async (url) => {
  const [address, fragment] = url.split("#");
  const document = documents[url] ?? documents[address];
  if (!document) throw new Error(`Nothing is known of ${url}.`);
  if (!fragment || documents[url]) return { contextUrl: null, documentUrl: url, document };
  const method = document.verificationMethod.find((each) => each.id === url);
  if (!method) throw new Error(`${address} has no key ${fragment}.`);
  return {
    contextUrl: null,
    documentUrl: url,
    document: { "@context": "https://w3id.org/security/multikey/v1", ...method },
  };
};

const ajv = new Ajv2019({ strict: false, allErrors: true });
addFormats(ajv);
const conforms = ajv.compile(read("schema.json"));

const suite = new DataIntegrityProof({ cryptosuite });
const revokedOrNot = async (options) => {
  const checked = await checkStatus({ ...options, suite, documentLoader });
  const isRevoked = (checked.results ?? []).some((each) => each.status);
  return { ...checked, verified: checked.verified && !isRevoked };
};

const reasons = (error) =>
  [error, ...(error?.errors ?? [])].filter(Boolean).map((each) => String(each.message ?? each));

const verdicts = {};
for (const [name, credential] of Object.entries(read("credentials.json"))) {
  const isConform = conforms(credential);
  const schema = isConform ? [] : conforms.errors.map((each) => `${each.instancePath} ${each.message}`);
  const result = await verifyCredential({
    credential,
    suite,
    documentLoader,
    checkStatus: revokedOrNot,
    now: read("now.json"),
  });
  verdicts[name] = {
    conforms: isConform,
    verified: result.verified,
    why: [...schema, ...reasons(result.error), ...reasons(result.statusResult?.error)],
    revoked: (result.statusResult?.results ?? []).some((each) => each.status),
  };
}
console.log(JSON.stringify(verdicts, null, 1));
