CREATE TABLE "name_parts" (
	"part" text COLLATE "C" NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "name_parts_part_person_id_pk" PRIMARY KEY("part","person_id")
);
--> statement-breakpoint
CREATE INDEX "seats_members" ON "seats" USING btree ("studio_id",(case "role" when 'master' then 0 when 'subject_lead' then 1 when 'young_teacher' then 2 when 'studio_assistant' then 3 when 'guest_expert' then 4 else 5 end),"id","role","person_id","to") WHERE "to" is null;--> statement-breakpoint
CREATE INDEX "seats_group" ON "seats" USING btree ("group_id") WHERE "to" is null;