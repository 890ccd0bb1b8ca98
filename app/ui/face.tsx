const TONES = ["bg-cinnabar-wash text-cinnabar", "bg-pine-wash text-pine", "bg-indigo-wash text-indigo", "bg-amber-wash text-amber"];

/** A person as a small round of ink: the surname, in a tone that stays the same for this person. */
export function Face({ name, id, small = false }: { name: string; id: string; small?: boolean }) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  return (
    <span aria-hidden="true" className={`inline-grid shrink-0 place-items-center rounded-full font-semibold leading-none ${small ? "size-6 text-[0.7rem]" : "size-8 text-small"} ${TONES[sum % TONES.length]}`}>
      {[...name][0] ?? "·"}
    </span>
  );
}
