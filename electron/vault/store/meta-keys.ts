// Names of the single values that a compartment keeps.
export const metaKeys = {
  vaultId: 'vault.id',
  company: 'profile.company',
  custodian: 'profile.custodian',
  /** Digest of vault.json as it should stand. */
  vaultFileDigest: 'vaultFile.digest',
  /** During a change of vault.json: the digest to come and the log entry that goes with it. */
  vaultFilePending: 'vaultFile.pending',
  /** SHA-256 of each slot that vault.json holds, by slot id. */
  knownSlots: 'vaultFile.slots',
  /** Set while somebody who lost an entitlement could still hold a key that opens what is there now: since when. */
  rotationDue: 'rotation.due',
  /** Public part of the inbox identity (`age1…`); its secret part lies in identities under the same name. */
  inboxRecipient: 'inbox.recipient',
  inboxIdentity: 'inbox.identity',
  /** Recipients of quick-unlock slots: JSON list of {slotId, personId, recipient}. */
  quickUnlocks: 'quickUnlocks',
  /** Time of the last backup that was verified. */
  lastBackup: 'backup.last',
  /** Set once the log vouches for batches that came before it did. */
  batchesVouched: 'batches.vouched',
  /** In identities: key of the digests over clear versions. */
  digestKey: 'digest.key',
  /** In identities: key of the hashes by which the same content is known again. */
  contentKey: 'attachments.contentKey',
  /** How many checkpoints records keep: one that is gone left no other trace. */
  checkpoints: 'audit.checkpoints',
  /** From which packs, tables and zone the due times were made. */
  dueStamp: 'due.stamp',
  /** Next number of the vault's own complaint series. */
  complaintSeries: 'complaints.series',
} as const

/** Slot that holds a person's first passphrase, chosen by somebody else: it has to be replaced before they act. */
export function firstSlotKey(personId: string): string {
  return `firstSlot.${personId}`
}

/** When a person last unlocked the vault. */
export function lastUnlockKey(personId: string): string {
  return `lastUnlock.${personId}`
}

/** When a recovery kit was last tried. */
export function kitCheckedKey(kitId: string): string {
  return `kitChecked.${kitId}`
}
