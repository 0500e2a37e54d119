// A Bluesky PDS and its directory on loopback, for the live tests. Prints one line of JSON when it is ready, then answers
// each line of JSON on its input ({"id":1,"do":"post",…}) by one on its output ({"id":1,"value":…} or {"id":1,"error":"…"}).
// Ends when its input ends, which is when its parent dies. Run it by the Node that installed it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const folder = mkdtempSync(join(tmpdir(), 'countersign-pds-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
// The network puts its databases into the folder for temporary files.
process.env.TMPDIR = folder;
process.env.LOG_ENABLED = 'false';

const { TestNetworkNoAppView } = await import('@atproto/dev-env');
const network = await TestNetworkNoAppView.create({});

const PASSWORDS = { customer: 'customer-password', secondCustomer: 'second-password', company: 'company-password' };
const HANDLES = { customer: 'mara.test', secondCustomer: 'samir.test', company: 'northwind.test' };

const accounts = {};
const agents = {};
const open = async (name, handle, password) => {
  const agent = network.pds.getClient();
  await agent.createAccount({ handle, email: `${name}@mail.test`, password });
  agents[name] = agent;
  accounts[name] = { did: agent.assertDid, handle, password };
};
for (const name of Object.keys(HANDLES)) await open(name, HANDLES[name], PASSWORDS[name]);

const selfOf = (agent, rkey) => ({ repo: agent.assertDid, collection: 'app.bsky.feed.post', rkey });
const lastSegment = (uri) => uri.slice(uri.lastIndexOf('/') + 1);
const agentOf = (name) => {
  const agent = agents[name];
  if (!agent) throw new Error(`there is no account ${name}`);
  return agent;
};

const embedOf = async (agent, pictures) => {
  const images = [];
  for (const { base64, mediaType, alt } of pictures) {
    const { data } = await agent.uploadBlob(Buffer.from(base64, 'base64'), { encoding: mediaType });
    images.push({ image: data.blob, alt });
  }
  return { $type: 'app.bsky.embed.images', images };
};

const post = async ({ account, text, reply, langs, pictures, createdAt }) => {
  const agent = agentOf(account);
  const { uri, cid } = await agent.post({
    text,
    ...(reply ? { reply } : {}),
    ...(langs ? { langs } : {}),
    ...(pictures ? { embed: await embedOf(agent, pictures) } : {}),
    createdAt: createdAt ?? new Date().toISOString(),
  });
  return { uri, cid };
};

const commands = {
  post,
  async deletePost({ account, uri }) {
    await agentOf(account).deletePost(uri);
  },
  async record({ account, uri }) {
    const { data } = await agentOf(account).com.atproto.repo.getRecord(selfOf(agentOf(account), lastSegment(uri)));
    return { uri: data.uri, cid: data.cid, value: JSON.parse(JSON.stringify(data.value)) };
  },
  async records({ account }) {
    const { data } = await agentOf(account).com.atproto.repo.listRecords({
      repo: agentOf(account).assertDid,
      collection: 'app.bsky.feed.post',
      limit: 100,
    });
    return data.records.map((record) => record.uri);
  },
  async overwrite({ account, uri, record }) {
    await agentOf(account).com.atproto.repo.putRecord({ ...selfOf(agentOf(account), lastSegment(uri)), record });
  },
  async openAccount({ account, handle }) {
    await open(account, handle, `${account}-password`);
    return accounts[account];
  },
  async closeAccount({ account }) {
    await agentOf(account).com.atproto.server.deactivateAccount({});
  },
  async describe({ account, name, isForSignedInOnly }) {
    const labels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: '!no-unauthenticated' }] };
    await agentOf(account).upsertProfile((old) => ({
      ...old,
      displayName: name,
      ...(isForSignedInOnly ? { labels } : {}),
    }));
  },
  async appPassword({ account, name }) {
    const { data } = await agentOf(account).com.atproto.server.createAppPassword({ name });
    return data.password;
  },
  async revokeAppPassword({ account, name }) {
    await agentOf(account).com.atproto.server.revokeAppPassword({ name });
  },
};

const rootText = 'Eure Störungsseite sagt „alles grün“ – bei mir geht seit 7 Uhr nichts mehr 😡 Straße Ä/ö/ü';
const root = await post({ account: 'customer', text: rootText, langs: ['de'] });
const middle = await post({
  account: 'secondCustomer',
  text: 'عندي نفس المشكلة منذ الصباح 👨‍👩‍👧‍👦 😤',
  langs: ['ar'],
  reply: { root, parent: root },
});
const complaint = await post({
  account: 'customer',
  text: 'And nobody answers the phone. 👩🏽‍💻 \u00e9 = e\u0301? https://example.com/status #outage',
  langs: ['en'],
  reply: { root, parent: middle },
});
await commands.describe({ account: 'customer', name: 'Mara Ólafsdóttir 🌋', isForSignedInOnly: false });

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
print({
  service: network.pds.url,
  directory: network.plc.url,
  accounts,
  companyAppPassword: await commands.appPassword({ account: 'company', name: 'countersign' }),
  posts: { root, middle, complaint },
});

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const { id, do: name, ...details } = JSON.parse(line);
  try {
    const command = commands[name];
    if (!command) throw new Error(`there is no command ${name}`);
    print({ id, value: (await command(details)) ?? null });
  } catch (error) {
    print({ id, error: String(error) });
  }
});
lines.on('close', async () => {
  // A server that hangs while it closes must not outlive its parent.
  setTimeout(() => process.exit(0), 3_000).unref();
  await network.close().catch(() => undefined);
  process.exit(0);
});
