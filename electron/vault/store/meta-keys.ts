// Names of the single values that a compartment keeps.
export const metaKeys = {
  vaultId: 'vault.id',
  company: 'profile.company',
  custodian: 'profile.custodian',
  /** Digest of vault.json as it should stand. */
  vaultFileDigest: 'vaultFile.digest',
  /** During a change of vault.json: the digest to come and the log entry that goes with it. */
  vaultFilePending: 'vaultFile.pending',
  /** In identities: key of the digests over clear versions. */
  digestKey: 'digest.key',
  /** How many checkpoints records keep: one that is gone left no other trace. */
  checkpoints: 'audit.checkpoints',
  /** Next number of the vault's own complaint series. */
  complaintSeries: 'complaints.series',
} as const
