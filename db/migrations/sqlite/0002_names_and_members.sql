CREATE TABLE `name_parts` (
	`part` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`part`, `person_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `seats_members` ON `seats` (`studio_id`,(case "role" when 'master' then 0 when 'subject_lead' then 1 when 'young_teacher' then 2 when 'studio_assistant' then 3 when 'guest_expert' then 4 else 5 end),`id`,`role`,`person_id`,`to`) WHERE "to" is null;--> statement-breakpoint
CREATE INDEX `seats_group` ON `seats` (`group_id`) WHERE "to" is null;