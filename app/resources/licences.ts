/** Licences as the form offers them, the most open first; the same closed list as in the schema. */
export const LICENCES = ["cc_by", "cc_by_sa", "cc_by_nc", "cc_by_nc_sa", "province_edu", "studio_only", "all_rights"] as const;
