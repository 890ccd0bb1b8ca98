/** Where a picture set into a text is seen. Who may not see the text gets the same answer as for a picture that is not there. */
export function imageAddress(attachmentId: string): string {
  return `/files/${encodeURIComponent(attachmentId)}`;
}
