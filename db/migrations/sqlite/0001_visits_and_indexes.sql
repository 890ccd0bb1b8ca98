CREATE TABLE `visits_daily` (
	`day` text PRIMARY KEY NOT NULL,
	`visits` integer NOT NULL,
	`pages` integer NOT NULL,
	`bot_pages` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `evidence_events_studio`;--> statement-breakpoint
CREATE INDEX `evidence_events_studio` ON `evidence_events` (`studio_id`,`occurred_at`,`person_id`,`kind`);--> statement-breakpoint
CREATE INDEX `identities_unverified` ON `identities` (`person_id`) WHERE verified_at is null;--> statement-breakpoint
CREATE INDEX `role_grants_role` ON `role_grants` (`role`,`scope_type`,`scope_id`) WHERE "to" is null;--> statement-breakpoint
CREATE INDEX `applications_person` ON `applications` (`person_id`,`state`);--> statement-breakpoint
CREATE INDEX `comments_author` ON `comments` (`author_id`);--> statement-breakpoint
CREATE INDEX `presence_intervals_open` ON `presence_intervals` (`channel`) WHERE left_at is null;--> statement-breakpoint
CREATE INDEX `resources_newest` ON `resources` (`state`,`published_at`);--> statement-breakpoint
CREATE INDEX `resources_plan` ON `resources` (`plan_id`);