// Reads one target of an archive with tuf-js: node tuf-client.js ROOT.json STATE-DIRECTORY ARCHIVE-URL TARGET
const fs = require('fs');
const path = require('path');
const { Updater } = require('tuf-js');

const [root, state, archive, target] = process.argv.slice(2);
fs.mkdirSync(state, { recursive: true });
const kept = path.join(state, 'root.json');
if (!fs.existsSync(kept)) {
  fs.copyFileSync(root, kept);
}
const updater = new Updater({
  metadataDir: state,
  metadataBaseUrl: archive + 'metadata',
  targetDir: state,
  targetBaseUrl: archive + 'targets',
});
updater
  .refresh()
  .then(() => updater.getTargetInfo(target))
  .then((info) => updater.downloadTarget(info, path.join(state, 'target')))
  .then((file) => process.stdout.write(fs.readFileSync(file)))
  .catch((error) => {
    process.stderr.write(`${error.constructor.name}: ${error.message}\n`);
    process.exit(1);
  });
