DROP INDEX `identities_email`;--> statement-breakpoint
DROP INDEX `identities_phone`;--> statement-breakpoint
DROP INDEX `identities_employee_no`;--> statement-breakpoint
CREATE UNIQUE INDEX `identities_email` ON `identities` (`email_hash`) WHERE email_hash is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `identities_phone` ON `identities` (`phone_hash`) WHERE phone_hash is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `identities_employee_no` ON `identities` (`employee_no_hash`) WHERE employee_no_hash is not null;