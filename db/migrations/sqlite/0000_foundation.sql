CREATE TABLE `auth_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `auth_users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `auth_accounts_user` ON `auth_accounts` (`user_id`);--> statement-breakpoint
CREATE TABLE `auth_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`token` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `auth_users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auth_sessions_token` ON `auth_sessions` (`token`);--> statement-breakpoint
CREATE INDEX `auth_sessions_user` ON `auth_sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `auth_users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auth_users_email` ON `auth_users` (`email`);--> statement-breakpoint
CREATE TABLE `auth_verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `auth_verifications_identifier` ON `auth_verifications` (`identifier`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`purpose` text NOT NULL,
	`text_version` text NOT NULL,
	`given_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consents_person` ON `consents` (`person_id`);--> statement-breakpoint
CREATE TABLE `identities` (
	`person_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email_sealed` text,
	`email_hash` text,
	`phone_sealed` text,
	`phone_hash` text,
	`employee_no_sealed` text,
	`employee_no_hash` text,
	`verified_by` text,
	`verified_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_email` ON `identities` (`email_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_phone` ON `identities` (`phone_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_employee_no` ON `identities` (`employee_no_hash`);--> statement-breakpoint
CREATE INDEX `identities_name` ON `identities` (`name`);--> statement-breakpoint
CREATE TABLE `one_time_links` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`purpose` text NOT NULL,
	`person_id` text,
	`issued_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_links_token` ON `one_time_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `one_time_links_person` ON `one_time_links` (`person_id`);--> statement-breakpoint
CREATE TABLE `persons` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text,
	`stages` text NOT NULL,
	`subjects` text NOT NULL,
	`title_rank` text,
	`started_teaching_on` text,
	`intro` text DEFAULT '' NOT NULL,
	`locale` text DEFAULT 'zh-CN' NOT NULL,
	`theme` text DEFAULT 'system' NOT NULL,
	`status` text DEFAULT 'active' NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `persons_school` ON `persons` (`school_id`);--> statement-breakpoint
CREATE TABLE `role_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`scope_type` text NOT NULL,
	`scope_id` text DEFAULT '' NOT NULL,
	`from` integer NOT NULL,
	`to` integer,
	`granted_by` text,
	`ended_by` text,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `role_grants_person` ON `role_grants` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `role_grants_open` ON `role_grants` (`person_id`,`role`,`scope_type`,`scope_id`) WHERE "to" is null;--> statement-breakpoint
CREATE TABLE `regions` (
	`id` text PRIMARY KEY NOT NULL,
	`level` text NOT NULL,
	`parent_id` text,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`from` integer NOT NULL,
	`to` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `regions_code` ON `regions` (`code`);--> statement-breakpoint
CREATE INDEX `regions_parent` ON `regions` (`parent_id`);--> statement-breakpoint
CREATE TABLE `schools` (
	`id` text PRIMARY KEY NOT NULL,
	`region_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`locale` text NOT NULL,
	`remote` integer DEFAULT false NOT NULL,
	`small_rural` integer DEFAULT false NOT NULL,
	`line_class` text,
	`created_at` integer NOT NULL,
	`created_by` text,
	FOREIGN KEY (`region_id`) REFERENCES `regions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `schools_region` ON `schools` (`region_id`);--> statement-breakpoint
CREATE INDEX `schools_name` ON `schools` (`name`);--> statement-breakpoint
CREATE TABLE `editions` (
	`id` text PRIMARY KEY NOT NULL,
	`stage` text NOT NULL,
	`subject` text NOT NULL,
	`name` text NOT NULL,
	`year` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `editions_name` ON `editions` (`stage`,`subject`,`name`,`year`);--> statement-breakpoint
CREATE TABLE `lesson_nodes` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`no` integer NOT NULL,
	`title` text NOT NULL,
	`periods` integer NOT NULL,
	`verified` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lesson_nodes_place` ON `lesson_nodes` (`unit_id`,`no`);--> statement-breakpoint
CREATE TABLE `plan_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`stage` text,
	`subject` text,
	`region_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`status` text DEFAULT 'active' NOT NULL,
	`sections` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text
);
--> statement-breakpoint
CREATE INDEX `plan_templates_subject` ON `plan_templates` (`subject`,`stage`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`grade` integer NOT NULL,
	`volume` text NOT NULL,
	`no` integer NOT NULL,
	`title` text NOT NULL,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_place` ON `units` (`edition_id`,`grade`,`volume`,`no`);--> statement-breakpoint
CREATE TABLE `announcements` (
	`id` text PRIMARY KEY NOT NULL,
	`studio_id` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `announcements_studio` ON `announcements` (`studio_id`,`id`);--> statement-breakpoint
CREATE TABLE `applications` (
	`id` text PRIMARY KEY NOT NULL,
	`studio_id` text NOT NULL,
	`person_id` text NOT NULL,
	`message` text DEFAULT '' NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	`created_at` integer NOT NULL,
	`created_by` text,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `applications_open` ON `applications` (`studio_id`,`person_id`) WHERE state in ('pending', 'waitlisted');--> statement-breakpoint
CREATE INDEX `applications_studio` ON `applications` (`studio_id`,`state`,`id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`studio_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`group_id` text,
	`message` text DEFAULT '' NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`expires_at` integer NOT NULL,
	`answered_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `studio_groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_open` ON `invitations` (`studio_id`,`person_id`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `invitations_person` ON `invitations` (`person_id`,`state`);--> statement-breakpoint
CREATE TABLE `seats` (
	`id` text PRIMARY KEY NOT NULL,
	`studio_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`group_id` text,
	`is_home` integer DEFAULT false NOT NULL,
	`from` integer NOT NULL,
	`to` integer,
	`letter_no` text,
	`given_by` text,
	`ended_by` text,
	`end_reason` text,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `studio_groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `seats_open` ON `seats` (`studio_id`,`person_id`) WHERE "to" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `seats_one_master` ON `seats` (`studio_id`) WHERE "to" is null and role = 'master';--> statement-breakpoint
CREATE INDEX `seats_studio_role` ON `seats` (`studio_id`,`role`,`id`);--> statement-breakpoint
CREATE INDEX `seats_person` ON `seats` (`person_id`);--> statement-breakpoint
CREATE TABLE `studio_figures` (
	`studio_id` text PRIMARY KEY NOT NULL,
	`members` integer DEFAULT 0 NOT NULL,
	`young_teachers` integer DEFAULT 0 NOT NULL,
	`trainees` integer DEFAULT 0 NOT NULL,
	`rural_remote` integer DEFAULT 0 NOT NULL,
	`cases` integer DEFAULT 0 NOT NULL,
	`reuses` integer DEFAULT 0 NOT NULL,
	`seminars_this_year` integer DEFAULT 0 NOT NULL,
	`active_this_week` integer DEFAULT 0 NOT NULL,
	`week_of` text,
	`as_of` integer NOT NULL,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `studio_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`studio_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text DEFAULT 'prep' NOT NULL,
	`capacity` integer,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `studio_groups_name` ON `studio_groups` (`studio_id`,`name`);--> statement-breakpoint
CREATE TABLE `studio_terms` (
	`id` text PRIMARY KEY NOT NULL,
	`studio_id` text NOT NULL,
	`no` integer NOT NULL,
	`from` integer NOT NULL,
	`to` integer NOT NULL,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `studio_terms_no` ON `studio_terms` (`studio_id`,`no`);--> statement-breakpoint
CREATE TABLE `studios` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`level` text NOT NULL,
	`region_id` text NOT NULL,
	`stages` text NOT NULL,
	`subject` text NOT NULL,
	`status` text DEFAULT 'draft' NOT NULL,
	`intro` text DEFAULT '' NOT NULL,
	`quota` text NOT NULL,
	`recruit_policy` text DEFAULT 'approve' NOT NULL,
	`master_id` text NOT NULL,
	`term_id` text,
	`approved_by` text,
	`approved_at` integer,
	`return_reason` text,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`region_id`) REFERENCES `regions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`master_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `studios_slug` ON `studios` (`slug`);--> statement-breakpoint
CREATE INDEX `studios_region` ON `studios` (`region_id`,`status`);--> statement-breakpoint
CREATE INDEX `studios_status` ON `studios` (`status`,`id`);--> statement-breakpoint
CREATE TABLE `comment_threads` (
	`id` text PRIMARY KEY NOT NULL,
	`doc_id` text NOT NULL,
	`section_key` text NOT NULL,
	`anchor_start` text,
	`anchor_end` text,
	`quote` text DEFAULT '' NOT NULL,
	`blocking` integer DEFAULT true NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`resolved_by` text,
	`resolved_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text,
	FOREIGN KEY (`doc_id`) REFERENCES `docs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comment_threads_doc` ON `comment_threads` (`doc_id`,`id`);--> statement-breakpoint
CREATE TABLE `comments` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`author_id` text NOT NULL,
	`body` text NOT NULL,
	`mentions` text NOT NULL,
	`at` integer NOT NULL,
	`edited_at` integer,
	`removed_at` integer,
	FOREIGN KEY (`thread_id`) REFERENCES `comment_threads`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comments_thread` ON `comments` (`thread_id`,`id`);--> statement-breakpoint
CREATE TABLE `doc_clients` (
	`doc_id` text NOT NULL,
	`client_id` integer NOT NULL,
	`person_id` text,
	`first_seen_at` integer NOT NULL,
	PRIMARY KEY(`doc_id`, `client_id`),
	FOREIGN KEY (`doc_id`) REFERENCES `docs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `doc_readings` (
	`doc_id` text NOT NULL,
	`person_id` text NOT NULL,
	`last_section_key` text,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`doc_id`, `person_id`),
	FOREIGN KEY (`doc_id`) REFERENCES `docs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `doc_readings_person` ON `doc_readings` (`person_id`,`last_at`);--> statement-breakpoint
CREATE TABLE `doc_sections` (
	`doc_id` text NOT NULL,
	`key` text NOT NULL,
	`position` integer NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`char_count` integer NOT NULL,
	PRIMARY KEY(`doc_id`, `key`),
	FOREIGN KEY (`doc_id`) REFERENCES `docs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `doc_updates` (
	`id` text PRIMARY KEY NOT NULL,
	`doc_id` text NOT NULL,
	`bytes` blob NOT NULL,
	`person_id` text,
	`compacted` integer DEFAULT false NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`doc_id`) REFERENCES `docs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `doc_updates_doc` ON `doc_updates` (`doc_id`,`id`);--> statement-breakpoint
CREATE TABLE `doc_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`doc_id` text NOT NULL,
	`no` integer NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`state` blob NOT NULL,
	`content` text NOT NULL,
	`by_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`doc_id`) REFERENCES `docs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `doc_versions_no` ON `doc_versions` (`doc_id`,`no`);--> statement-breakpoint
CREATE TABLE `docs` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`schema_version` integer DEFAULT 1 NOT NULL,
	`epoch` integer DEFAULT 1 NOT NULL,
	`last_update_at` integer,
	`projected_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text
);
--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_type` text NOT NULL,
	`owner_id` text NOT NULL,
	`sha256` text NOT NULL,
	`name` text NOT NULL,
	`mime` text NOT NULL,
	`byte_count` integer NOT NULL,
	`kind` text NOT NULL,
	`inline` integer DEFAULT false NOT NULL,
	`removed_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text
);
--> statement-breakpoint
CREATE INDEX `attachments_owner` ON `attachments` (`owner_type`,`owner_id`);--> statement-breakpoint
CREATE INDEX `attachments_sha` ON `attachments` (`sha256`);--> statement-breakpoint
CREATE TABLE `individual_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`prep_id` text NOT NULL,
	`person_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`iteration` integer NOT NULL,
	`state` text DEFAULT 'draft' NOT NULL,
	`submitted_at` integer,
	`revealed_at` integer,
	FOREIGN KEY (`prep_id`) REFERENCES `lesson_preps`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan_id`) REFERENCES `lesson_plans`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `individual_notes_person` ON `individual_notes` (`prep_id`,`person_id`,`iteration`);--> statement-breakpoint
CREATE INDEX `individual_notes_plan` ON `individual_notes` (`plan_id`);--> statement-breakpoint
CREATE TABLE `lesson_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_id` text NOT NULL,
	`prep_id` text,
	`kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`doc_id` text NOT NULL,
	`title` text NOT NULL,
	`template_id` text NOT NULL,
	`periods` integer NOT NULL,
	`upstream_plan_id` text,
	`upstream_resource_id` text,
	`upstream_version_id` text,
	`second_prep` text,
	`state` text DEFAULT 'draft' NOT NULL,
	`header` text NOT NULL,
	`last_opened_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prep_id`) REFERENCES `lesson_preps`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`doc_id`) REFERENCES `docs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`template_id`) REFERENCES `plan_templates`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lesson_plans_owner` ON `lesson_plans` (`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `lesson_plans_lesson` ON `lesson_plans` (`lesson_id`);--> statement-breakpoint
CREATE INDEX `lesson_plans_prep` ON `lesson_plans` (`prep_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `lesson_plans_doc` ON `lesson_plans` (`doc_id`);--> statement-breakpoint
CREATE INDEX `lesson_plans_upstream` ON `lesson_plans` (`upstream_resource_id`);--> statement-breakpoint
CREATE TABLE `lesson_preps` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_id` text NOT NULL,
	`studio_id` text NOT NULL,
	`group_id` text,
	`title` text NOT NULL,
	`periods` integer NOT NULL,
	`template_id` text NOT NULL,
	`template_version` integer NOT NULL,
	`state` text DEFAULT 'planned' NOT NULL,
	`iteration` integer DEFAULT 1 NOT NULL,
	`deadlines` text NOT NULL,
	`state_since` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `studio_groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`template_id`) REFERENCES `plan_templates`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lesson_preps_lesson` ON `lesson_preps` (`lesson_id`);--> statement-breakpoint
CREATE INDEX `lesson_preps_studio` ON `lesson_preps` (`studio_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `lesson_preps_group` ON `lesson_preps` (`group_id`);--> statement-breakpoint
CREATE TABLE `lesson_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`teacher_id` text NOT NULL,
	`school_id` text,
	`class_label` text NOT NULL,
	`taught_at` integer NOT NULL,
	`kind` text DEFAULT 'normal' NOT NULL,
	`changed` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan_id`) REFERENCES `lesson_plans`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`teacher_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lesson_runs_lesson` ON `lesson_runs` (`lesson_id`);--> statement-breakpoint
CREATE INDEX `lesson_runs_teacher` ON `lesson_runs` (`teacher_id`,`id`);--> statement-breakpoint
CREATE TABLE `lessons` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_node_id` text,
	`title` text NOT NULL,
	`owner_id` text NOT NULL,
	`studio_id` text,
	`group_id` text,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`lesson_node_id`) REFERENCES `lesson_nodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `studio_groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lessons_owner` ON `lessons` (`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `lessons_studio` ON `lessons` (`studio_id`,`id`);--> statement-breakpoint
CREATE INDEX `lessons_node` ON `lessons` (`lesson_node_id`);--> statement-breakpoint
CREATE TABLE `prep_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`prep_id` text NOT NULL,
	`kind` text NOT NULL,
	`by_id` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`detail` text NOT NULL,
	FOREIGN KEY (`prep_id`) REFERENCES `lesson_preps`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `prep_changes_prep` ON `prep_changes` (`prep_id`,`id`);--> statement-breakpoint
CREATE TABLE `prep_moves` (
	`id` text PRIMARY KEY NOT NULL,
	`prep_id` text NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`iteration` integer NOT NULL,
	`by_id` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text,
	`doc_version_id` text,
	FOREIGN KEY (`prep_id`) REFERENCES `lesson_preps`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`doc_version_id`) REFERENCES `doc_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `prep_moves_prep` ON `prep_moves` (`prep_id`,`id`);--> statement-breakpoint
CREATE TABLE `prep_participants` (
	`id` text PRIMARY KEY NOT NULL,
	`prep_id` text NOT NULL,
	`person_id` text NOT NULL,
	`part` text NOT NULL,
	`invited_at` integer NOT NULL,
	`answer` text DEFAULT 'waiting' NOT NULL,
	`responded_at` integer,
	`confirmed_at` integer,
	`left_at` integer,
	FOREIGN KEY (`prep_id`) REFERENCES `lesson_preps`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prep_participants_person` ON `prep_participants` (`prep_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `prep_participants_who` ON `prep_participants` (`person_id`);--> statement-breakpoint
CREATE TABLE `reflections` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`lesson_run_id` text,
	`person_id` text NOT NULL,
	`prompt_set` text NOT NULL,
	`answers` text NOT NULL,
	`visibility` text DEFAULT 'private' NOT NULL,
	`submitted_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan_id`) REFERENCES `lesson_plans`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lesson_run_id`) REFERENCES `lesson_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reflections_lesson` ON `reflections` (`lesson_id`);--> statement-breakpoint
CREATE INDEX `reflections_person` ON `reflections` (`person_id`,`id`);--> statement-breakpoint
CREATE TABLE `chat_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`seminar_id` text NOT NULL,
	`person_id` text NOT NULL,
	`body` text NOT NULL,
	`client_key` text NOT NULL,
	`at` integer NOT NULL,
	`removed_at` integer,
	`removed_by` text,
	FOREIGN KEY (`seminar_id`) REFERENCES `seminars`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_messages_key` ON `chat_messages` (`seminar_id`,`person_id`,`client_key`);--> statement-breakpoint
CREATE INDEX `chat_messages_seminar` ON `chat_messages` (`seminar_id`,`id`);--> statement-breakpoint
CREATE TABLE `hand_raises` (
	`id` text PRIMARY KEY NOT NULL,
	`seminar_id` text NOT NULL,
	`person_id` text NOT NULL,
	`raised_at` integer NOT NULL,
	`lowered_at` integer,
	`called_at` integer,
	FOREIGN KEY (`seminar_id`) REFERENCES `seminars`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hand_raises_seminar` ON `hand_raises` (`seminar_id`,`id`);--> statement-breakpoint
CREATE TABLE `media_events` (
	`id` text PRIMARY KEY NOT NULL,
	`event` text NOT NULL,
	`room` text NOT NULL,
	`participant` text,
	`sid` text,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `media_events_room` ON `media_events` (`room`,`at`);--> statement-breakpoint
CREATE TABLE `minutes` (
	`seminar_id` text PRIMARY KEY NOT NULL,
	`doc_id` text NOT NULL,
	`begun_at` integer NOT NULL,
	FOREIGN KEY (`seminar_id`) REFERENCES `seminars`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`doc_id`) REFERENCES `docs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `presence_intervals` (
	`id` text PRIMARY KEY NOT NULL,
	`seminar_id` text NOT NULL,
	`person_id` text NOT NULL,
	`channel` text NOT NULL,
	`source_id` text NOT NULL,
	`joined_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`left_at` integer,
	FOREIGN KEY (`seminar_id`) REFERENCES `seminars`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `presence_intervals_source` ON `presence_intervals` (`seminar_id`,`source_id`);--> statement-breakpoint
CREATE INDEX `presence_intervals_person` ON `presence_intervals` (`seminar_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `registrations` (
	`seminar_id` text NOT NULL,
	`person_id` text NOT NULL,
	`status` text NOT NULL,
	`registered_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text,
	PRIMARY KEY(`seminar_id`, `person_id`),
	FOREIGN KEY (`seminar_id`) REFERENCES `seminars`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `registrations_person` ON `registrations` (`person_id`);--> statement-breakpoint
CREATE TABLE `seminar_events` (
	`id` text PRIMARY KEY NOT NULL,
	`seminar_id` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` text,
	`by_id` text,
	`at` integer NOT NULL,
	`detail` text NOT NULL,
	FOREIGN KEY (`seminar_id`) REFERENCES `seminars`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seminar_events_seminar` ON `seminar_events` (`seminar_id`,`id`);--> statement-breakpoint
CREATE TABLE `seminar_reports` (
	`seminar_id` text NOT NULL,
	`person_id` text NOT NULL,
	`present_ms` integer NOT NULL,
	`session_ms` integer NOT NULL,
	`intervals` text NOT NULL,
	`messages` integer NOT NULL,
	`hands` integer NOT NULL,
	`spoke` integer NOT NULL,
	`attended` integer NOT NULL,
	`written_at` integer NOT NULL,
	PRIMARY KEY(`seminar_id`, `person_id`),
	FOREIGN KEY (`seminar_id`) REFERENCES `seminars`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seminar_reports_person` ON `seminar_reports` (`person_id`);--> statement-breakpoint
CREATE TABLE `seminar_roles` (
	`seminar_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`seminar_id`, `person_id`),
	FOREIGN KEY (`seminar_id`) REFERENCES `seminars`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seminar_roles_person` ON `seminar_roles` (`person_id`);--> statement-breakpoint
CREATE TABLE `seminars` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_id` text,
	`prep_id` text,
	`studio_id` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`intro` text DEFAULT '' NOT NULL,
	`mode` text DEFAULT 'online' NOT NULL,
	`place` text,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`host_id` text NOT NULL,
	`capacity` integer DEFAULT 100 NOT NULL,
	`visibility` text DEFAULT 'studio' NOT NULL,
	`lobby` integer DEFAULT false NOT NULL,
	`state` text DEFAULT 'scheduled' NOT NULL,
	`agenda` text NOT NULL,
	`agenda_at` integer DEFAULT 0 NOT NULL,
	`recording_policy` text DEFAULT 'off' NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`state_reason` text,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prep_id`) REFERENCES `lesson_preps`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`host_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seminars_studio` ON `seminars` (`studio_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `seminars_host` ON `seminars` (`host_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `seminars_lesson` ON `seminars` (`lesson_id`);--> statement-breakpoint
CREATE INDEX `seminars_state` ON `seminars` (`state`,`starts_at`);--> statement-breakpoint
CREATE TABLE `attributions` (
	`id` text PRIMARY KEY NOT NULL,
	`resource_id` text NOT NULL,
	`person_id` text,
	`source_resource_id` text,
	`relation` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`resource_id`) REFERENCES `resources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attributions_resource` ON `attributions` (`resource_id`,`position`);--> statement-breakpoint
CREATE INDEX `attributions_source` ON `attributions` (`source_resource_id`);--> statement-breakpoint
CREATE TABLE `download_traces` (
	`id` text PRIMARY KEY NOT NULL,
	`resource_id` text NOT NULL,
	`attachment_id` text,
	`person_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `download_traces_resource` ON `download_traces` (`resource_id`,`id`);--> statement-breakpoint
CREATE TABLE `moderation_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`resource_id` text NOT NULL,
	`reporter_id` text NOT NULL,
	`ground` text NOT NULL,
	`detail` text NOT NULL,
	`state` text DEFAULT 'reported' NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	`created_at` integer NOT NULL,
	`created_by` text,
	FOREIGN KEY (`resource_id`) REFERENCES `resources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reporter_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `moderation_cases_open` ON `moderation_cases` (`resource_id`,`reporter_id`) WHERE state in ('reported', 'triaged');--> statement-breakpoint
CREATE INDEX `moderation_cases_state` ON `moderation_cases` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `resource_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`resource_id` text NOT NULL,
	`decision` text NOT NULL,
	`by_id` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`resource_id`) REFERENCES `resources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `resource_decisions_resource` ON `resource_decisions` (`resource_id`,`id`);--> statement-breakpoint
CREATE TABLE `resource_reuses` (
	`id` text PRIMARY KEY NOT NULL,
	`resource_id` text NOT NULL,
	`version_id` text NOT NULL,
	`person_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`resource_id`) REFERENCES `resources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan_id`) REFERENCES `lesson_plans`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `resource_reuses_resource` ON `resource_reuses` (`resource_id`,`id`);--> statement-breakpoint
CREATE INDEX `resource_reuses_person` ON `resource_reuses` (`person_id`);--> statement-breakpoint
CREATE TABLE `resource_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`resource_id` text NOT NULL,
	`no` integer NOT NULL,
	`content` text NOT NULL,
	`process` text NOT NULL,
	`at` integer NOT NULL,
	`by_id` text NOT NULL,
	FOREIGN KEY (`resource_id`) REFERENCES `resources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `resource_versions_no` ON `resource_versions` (`resource_id`,`no`);--> statement-breakpoint
CREATE TABLE `resources` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`abstract` text DEFAULT '' NOT NULL,
	`lesson_node_id` text,
	`stage` text,
	`subject` text,
	`grade` integer,
	`owner_id` text NOT NULL,
	`studio_id` text,
	`group_id` text,
	`region_id` text,
	`licence` text NOT NULL,
	`state` text DEFAULT 'submitted' NOT NULL,
	`state_reason` text,
	`current_version_id` text,
	`published_at` integer,
	`reuse_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan_id`) REFERENCES `lesson_plans`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lesson_node_id`) REFERENCES `lesson_nodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`studio_id`) REFERENCES `studios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `resources_owner` ON `resources` (`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `resources_studio` ON `resources` (`studio_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `resources_state` ON `resources` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `resources_lesson` ON `resources` (`lesson_id`);--> statement-breakpoint
CREATE INDEX `resources_node` ON `resources` (`lesson_node_id`);--> statement-breakpoint
CREATE TABLE `access_scopes` (
	`id` integer PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`ref` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_scopes_ref` ON `access_scopes` (`type`,`ref`);--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`on_behalf_of` text,
	`act` text NOT NULL,
	`object_type` text NOT NULL,
	`object_id` text NOT NULL,
	`at` integer NOT NULL,
	`request_id` text,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_log_object` ON `audit_log` (`object_type`,`object_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_log_person` ON `audit_log` (`person_id`,`id`);--> statement-breakpoint
CREATE TABLE `evidence_events` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`lesson_id` text,
	`studio_id` text,
	`object_type` text NOT NULL,
	`object_id` text NOT NULL,
	`quantity` integer DEFAULT 1 NOT NULL,
	`unit` text DEFAULT 'act' NOT NULL,
	`corroborated_by` text,
	`hash_prev` text NOT NULL,
	`hash` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_events_chain` ON `evidence_events` (`person_id`,`position`);--> statement-breakpoint
CREATE INDEX `evidence_events_person` ON `evidence_events` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `evidence_events_lesson` ON `evidence_events` (`lesson_id`,`id`);--> statement-breakpoint
CREATE INDEX `evidence_events_studio` ON `evidence_events` (`studio_id`,`occurred_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`key` text,
	`state` text DEFAULT 'waiting' NOT NULL,
	`run_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`leased_until` integer,
	`finished_at` integer,
	`error` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`state`,`run_at`);--> statement-breakpoint
CREATE INDEX `jobs_key` ON `jobs` (`kind`,`key`,`state`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`params` text NOT NULL,
	`href` text NOT NULL,
	`lesson_id` text,
	`key` text,
	`at` integer NOT NULL,
	`read_at` integer
);
--> statement-breakpoint
CREATE INDEX `notifications_person` ON `notifications` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`person_id`,`read_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_key` ON `notifications` (`person_id`,`key`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`at` integer NOT NULL
);
