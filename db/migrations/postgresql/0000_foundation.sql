CREATE TABLE "auth_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"purpose" text NOT NULL,
	"text_version" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"person_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email_sealed" text,
	"email_hash" text,
	"phone_sealed" text,
	"phone_hash" text,
	"employee_no_sealed" text,
	"employee_no_hash" text,
	"verified_by" text,
	"verified_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "one_time_links" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"purpose" text NOT NULL,
	"person_id" text,
	"issued_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" text PRIMARY KEY NOT NULL,
	"school_id" text,
	"stages" jsonb NOT NULL,
	"subjects" jsonb NOT NULL,
	"title_rank" text,
	"started_teaching_on" text,
	"intro" text DEFAULT '' NOT NULL,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"theme" text DEFAULT 'system' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	"scope_type" text NOT NULL,
	"scope_id" text DEFAULT '' NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone,
	"granted_by" text,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "regions" (
	"id" text PRIMARY KEY NOT NULL,
	"level" text NOT NULL,
	"parent_id" text,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "schools" (
	"id" text PRIMARY KEY NOT NULL,
	"region_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"locale" text NOT NULL,
	"remote" boolean DEFAULT false NOT NULL,
	"small_rural" boolean DEFAULT false NOT NULL,
	"line_class" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "editions" (
	"id" text PRIMARY KEY NOT NULL,
	"stage" text NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"year" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "lesson_nodes" (
	"id" text PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"no" bigint NOT NULL,
	"title" text NOT NULL,
	"periods" bigint NOT NULL,
	"verified" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_templates" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"stage" text,
	"subject" text,
	"region_id" text,
	"version" bigint DEFAULT 1 NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"sections" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"edition_id" text NOT NULL,
	"grade" bigint NOT NULL,
	"volume" text NOT NULL,
	"no" bigint NOT NULL,
	"title" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "announcements" (
	"id" text PRIMARY KEY NOT NULL,
	"studio_id" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" text PRIMARY KEY NOT NULL,
	"studio_id" text NOT NULL,
	"person_id" text NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"studio_id" text NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	"group_id" text,
	"message" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"id" text PRIMARY KEY NOT NULL,
	"studio_id" text NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	"group_id" text,
	"is_home" boolean DEFAULT false NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone,
	"letter_no" text,
	"given_by" text,
	"ended_by" text,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "studio_figures" (
	"studio_id" text PRIMARY KEY NOT NULL,
	"members" bigint DEFAULT 0 NOT NULL,
	"young_teachers" bigint DEFAULT 0 NOT NULL,
	"trainees" bigint DEFAULT 0 NOT NULL,
	"rural_remote" bigint DEFAULT 0 NOT NULL,
	"cases" bigint DEFAULT 0 NOT NULL,
	"reuses" bigint DEFAULT 0 NOT NULL,
	"seminars_this_year" bigint DEFAULT 0 NOT NULL,
	"active_this_week" bigint DEFAULT 0 NOT NULL,
	"week_of" text,
	"as_of" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "studio_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"studio_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text DEFAULT 'prep' NOT NULL,
	"capacity" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "studio_terms" (
	"id" text PRIMARY KEY NOT NULL,
	"studio_id" text NOT NULL,
	"no" bigint NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "studios" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"level" text NOT NULL,
	"region_id" text NOT NULL,
	"stages" jsonb NOT NULL,
	"subject" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"intro" text DEFAULT '' NOT NULL,
	"quota" jsonb NOT NULL,
	"recruit_policy" text DEFAULT 'approve' NOT NULL,
	"master_id" text NOT NULL,
	"term_id" text,
	"approved_by" text,
	"approved_at" timestamp (3) with time zone,
	"return_reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comment_threads" (
	"id" text PRIMARY KEY NOT NULL,
	"doc_id" text NOT NULL,
	"section_key" text NOT NULL,
	"anchor_start" jsonb,
	"anchor_end" jsonb,
	"quote" text DEFAULT '' NOT NULL,
	"blocking" boolean DEFAULT true NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"resolved_by" text,
	"resolved_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" text PRIMARY KEY NOT NULL,
	"thread_id" text NOT NULL,
	"author_id" text NOT NULL,
	"body" text NOT NULL,
	"mentions" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "doc_clients" (
	"doc_id" text NOT NULL,
	"client_id" bigint NOT NULL,
	"person_id" text,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "doc_clients_doc_id_client_id_pk" PRIMARY KEY("doc_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "doc_readings" (
	"doc_id" text NOT NULL,
	"person_id" text NOT NULL,
	"last_section_key" text,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "doc_readings_doc_id_person_id_pk" PRIMARY KEY("doc_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "doc_sections" (
	"doc_id" text NOT NULL,
	"key" text NOT NULL,
	"position" bigint NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"char_count" bigint NOT NULL,
	CONSTRAINT "doc_sections_doc_id_key_pk" PRIMARY KEY("doc_id","key")
);
--> statement-breakpoint
CREATE TABLE "doc_updates" (
	"id" text PRIMARY KEY NOT NULL,
	"doc_id" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"person_id" text,
	"compacted" boolean DEFAULT false NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doc_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"doc_id" text NOT NULL,
	"no" bigint NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"state" "bytea" NOT NULL,
	"content" jsonb NOT NULL,
	"by_id" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "docs" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"schema_version" bigint DEFAULT 1 NOT NULL,
	"epoch" bigint DEFAULT 1 NOT NULL,
	"last_update_at" timestamp (3) with time zone,
	"projected_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_type" text NOT NULL,
	"owner_id" text NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"mime" text NOT NULL,
	"byte_count" bigint NOT NULL,
	"kind" text NOT NULL,
	"inline" boolean DEFAULT false NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "individual_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"prep_id" text NOT NULL,
	"person_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"iteration" bigint NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"revealed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "lesson_plans" (
	"id" text PRIMARY KEY NOT NULL,
	"lesson_id" text NOT NULL,
	"prep_id" text,
	"kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"doc_id" text NOT NULL,
	"title" text NOT NULL,
	"template_id" text NOT NULL,
	"periods" bigint NOT NULL,
	"upstream_plan_id" text,
	"upstream_resource_id" text,
	"upstream_version_id" text,
	"second_prep" text,
	"state" text DEFAULT 'draft' NOT NULL,
	"header" jsonb NOT NULL,
	"last_opened_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson_preps" (
	"id" text PRIMARY KEY NOT NULL,
	"lesson_id" text NOT NULL,
	"studio_id" text NOT NULL,
	"group_id" text,
	"title" text NOT NULL,
	"periods" bigint NOT NULL,
	"template_id" text NOT NULL,
	"template_version" bigint NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"iteration" bigint DEFAULT 1 NOT NULL,
	"deadlines" jsonb NOT NULL,
	"state_since" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"lesson_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"teacher_id" text NOT NULL,
	"school_id" text,
	"class_label" text NOT NULL,
	"taught_at" timestamp (3) with time zone NOT NULL,
	"kind" text DEFAULT 'normal' NOT NULL,
	"changed" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "lessons" (
	"id" text PRIMARY KEY NOT NULL,
	"lesson_node_id" text,
	"title" text NOT NULL,
	"owner_id" text NOT NULL,
	"studio_id" text,
	"group_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prep_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"prep_id" text NOT NULL,
	"kind" text NOT NULL,
	"by_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prep_moves" (
	"id" text PRIMARY KEY NOT NULL,
	"prep_id" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"iteration" bigint NOT NULL,
	"by_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	"doc_version_id" text
);
--> statement-breakpoint
CREATE TABLE "prep_participants" (
	"id" text PRIMARY KEY NOT NULL,
	"prep_id" text NOT NULL,
	"person_id" text NOT NULL,
	"part" text NOT NULL,
	"invited_at" timestamp (3) with time zone NOT NULL,
	"answer" text DEFAULT 'waiting' NOT NULL,
	"responded_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"left_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "reflections" (
	"id" text PRIMARY KEY NOT NULL,
	"lesson_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"lesson_run_id" text,
	"person_id" text NOT NULL,
	"prompt_set" text NOT NULL,
	"answers" jsonb NOT NULL,
	"visibility" text DEFAULT 'private' NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"seminar_id" text NOT NULL,
	"person_id" text NOT NULL,
	"body" text NOT NULL,
	"client_key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"removed_by" text
);
--> statement-breakpoint
CREATE TABLE "hand_raises" (
	"id" text PRIMARY KEY NOT NULL,
	"seminar_id" text NOT NULL,
	"person_id" text NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"lowered_at" timestamp (3) with time zone,
	"called_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "media_events" (
	"id" text PRIMARY KEY NOT NULL,
	"event" text NOT NULL,
	"room" text NOT NULL,
	"participant" text,
	"sid" text,
	"at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "minutes" (
	"seminar_id" text PRIMARY KEY NOT NULL,
	"doc_id" text NOT NULL,
	"begun_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "presence_intervals" (
	"id" text PRIMARY KEY NOT NULL,
	"seminar_id" text NOT NULL,
	"person_id" text NOT NULL,
	"channel" text NOT NULL,
	"source_id" text NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"seminar_id" text NOT NULL,
	"person_id" text NOT NULL,
	"status" text NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text,
	CONSTRAINT "registrations_seminar_id_person_id_pk" PRIMARY KEY("seminar_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "seminar_events" (
	"id" text PRIMARY KEY NOT NULL,
	"seminar_id" text NOT NULL,
	"kind" text NOT NULL,
	"person_id" text,
	"by_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seminar_reports" (
	"seminar_id" text NOT NULL,
	"person_id" text NOT NULL,
	"present_ms" bigint NOT NULL,
	"session_ms" bigint NOT NULL,
	"intervals" jsonb NOT NULL,
	"messages" bigint NOT NULL,
	"hands" bigint NOT NULL,
	"spoke" boolean NOT NULL,
	"attended" boolean NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seminar_reports_seminar_id_person_id_pk" PRIMARY KEY("seminar_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "seminar_roles" (
	"seminar_id" text NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "seminar_roles_seminar_id_person_id_pk" PRIMARY KEY("seminar_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "seminars" (
	"id" text PRIMARY KEY NOT NULL,
	"lesson_id" text,
	"prep_id" text,
	"studio_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"intro" text DEFAULT '' NOT NULL,
	"mode" text DEFAULT 'online' NOT NULL,
	"place" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"host_id" text NOT NULL,
	"capacity" bigint DEFAULT 100 NOT NULL,
	"visibility" text DEFAULT 'studio' NOT NULL,
	"lobby" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'scheduled' NOT NULL,
	"agenda" jsonb NOT NULL,
	"agenda_at" bigint DEFAULT 0 NOT NULL,
	"recording_policy" text DEFAULT 'off' NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"state_reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attributions" (
	"id" text PRIMARY KEY NOT NULL,
	"resource_id" text NOT NULL,
	"person_id" text,
	"source_resource_id" text,
	"relation" text NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "download_traces" (
	"id" text PRIMARY KEY NOT NULL,
	"resource_id" text NOT NULL,
	"attachment_id" text,
	"person_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "moderation_cases" (
	"id" text PRIMARY KEY NOT NULL,
	"resource_id" text NOT NULL,
	"reporter_id" text NOT NULL,
	"ground" text NOT NULL,
	"detail" text NOT NULL,
	"state" text DEFAULT 'reported' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "resource_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"resource_id" text NOT NULL,
	"decision" text NOT NULL,
	"by_id" text NOT NULL,
	"reason" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resource_reuses" (
	"id" text PRIMARY KEY NOT NULL,
	"resource_id" text NOT NULL,
	"version_id" text NOT NULL,
	"person_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resource_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"resource_id" text NOT NULL,
	"no" bigint NOT NULL,
	"content" jsonb NOT NULL,
	"process" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"id" text PRIMARY KEY NOT NULL,
	"lesson_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"abstract" text DEFAULT '' NOT NULL,
	"lesson_node_id" text,
	"stage" text,
	"subject" text,
	"grade" bigint,
	"owner_id" text NOT NULL,
	"studio_id" text,
	"group_id" text,
	"region_id" text,
	"licence" text NOT NULL,
	"state" text DEFAULT 'submitted' NOT NULL,
	"state_reason" text,
	"current_version_id" text,
	"published_at" timestamp (3) with time zone,
	"reuse_count" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_scopes" (
	"id" bigint PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"ref" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text,
	"on_behalf_of" text,
	"act" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"request_id" text,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence_events" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"lesson_id" text,
	"studio_id" text,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"quantity" bigint DEFAULT 1 NOT NULL,
	"unit" text DEFAULT 'act' NOT NULL,
	"corroborated_by" text,
	"hash_prev" text NOT NULL,
	"hash" text NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"key" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"run_at" timestamp (3) with time zone NOT NULL,
	"attempts" bigint DEFAULT 0 NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"error" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"params" jsonb NOT NULL,
	"href" text NOT NULL,
	"lesson_id" text,
	"key" text,
	"at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "auth_accounts" ADD CONSTRAINT "auth_accounts_user_id_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_sessions" ADD CONSTRAINT "auth_sessions_user_id_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_school_id_schools_id_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_nodes" ADD CONSTRAINT "lesson_nodes_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_edition_id_editions_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_group_id_studio_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."studio_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_group_id_studio_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."studio_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_figures" ADD CONSTRAINT "studio_figures_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_groups" ADD CONSTRAINT "studio_groups_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_terms" ADD CONSTRAINT "studio_terms_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studios" ADD CONSTRAINT "studios_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studios" ADD CONSTRAINT "studios_master_id_persons_id_fk" FOREIGN KEY ("master_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_threads" ADD CONSTRAINT "comment_threads_doc_id_docs_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."docs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_thread_id_comment_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."comment_threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_clients" ADD CONSTRAINT "doc_clients_doc_id_docs_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."docs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_readings" ADD CONSTRAINT "doc_readings_doc_id_docs_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."docs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_sections" ADD CONSTRAINT "doc_sections_doc_id_docs_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."docs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_updates" ADD CONSTRAINT "doc_updates_doc_id_docs_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."docs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_versions" ADD CONSTRAINT "doc_versions_doc_id_docs_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."docs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "individual_notes" ADD CONSTRAINT "individual_notes_prep_id_lesson_preps_id_fk" FOREIGN KEY ("prep_id") REFERENCES "public"."lesson_preps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "individual_notes" ADD CONSTRAINT "individual_notes_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "individual_notes" ADD CONSTRAINT "individual_notes_plan_id_lesson_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."lesson_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_plans" ADD CONSTRAINT "lesson_plans_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_plans" ADD CONSTRAINT "lesson_plans_prep_id_lesson_preps_id_fk" FOREIGN KEY ("prep_id") REFERENCES "public"."lesson_preps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_plans" ADD CONSTRAINT "lesson_plans_owner_id_persons_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_plans" ADD CONSTRAINT "lesson_plans_doc_id_docs_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."docs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_plans" ADD CONSTRAINT "lesson_plans_template_id_plan_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."plan_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_preps" ADD CONSTRAINT "lesson_preps_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_preps" ADD CONSTRAINT "lesson_preps_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_preps" ADD CONSTRAINT "lesson_preps_group_id_studio_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."studio_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_preps" ADD CONSTRAINT "lesson_preps_template_id_plan_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."plan_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_runs" ADD CONSTRAINT "lesson_runs_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_runs" ADD CONSTRAINT "lesson_runs_plan_id_lesson_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."lesson_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_runs" ADD CONSTRAINT "lesson_runs_teacher_id_persons_id_fk" FOREIGN KEY ("teacher_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_lesson_node_id_lesson_nodes_id_fk" FOREIGN KEY ("lesson_node_id") REFERENCES "public"."lesson_nodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_owner_id_persons_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_group_id_studio_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."studio_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prep_changes" ADD CONSTRAINT "prep_changes_prep_id_lesson_preps_id_fk" FOREIGN KEY ("prep_id") REFERENCES "public"."lesson_preps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prep_moves" ADD CONSTRAINT "prep_moves_prep_id_lesson_preps_id_fk" FOREIGN KEY ("prep_id") REFERENCES "public"."lesson_preps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prep_moves" ADD CONSTRAINT "prep_moves_doc_version_id_doc_versions_id_fk" FOREIGN KEY ("doc_version_id") REFERENCES "public"."doc_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prep_participants" ADD CONSTRAINT "prep_participants_prep_id_lesson_preps_id_fk" FOREIGN KEY ("prep_id") REFERENCES "public"."lesson_preps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prep_participants" ADD CONSTRAINT "prep_participants_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reflections" ADD CONSTRAINT "reflections_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reflections" ADD CONSTRAINT "reflections_plan_id_lesson_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."lesson_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reflections" ADD CONSTRAINT "reflections_lesson_run_id_lesson_runs_id_fk" FOREIGN KEY ("lesson_run_id") REFERENCES "public"."lesson_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reflections" ADD CONSTRAINT "reflections_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_seminar_id_seminars_id_fk" FOREIGN KEY ("seminar_id") REFERENCES "public"."seminars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_raises" ADD CONSTRAINT "hand_raises_seminar_id_seminars_id_fk" FOREIGN KEY ("seminar_id") REFERENCES "public"."seminars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_raises" ADD CONSTRAINT "hand_raises_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_seminar_id_seminars_id_fk" FOREIGN KEY ("seminar_id") REFERENCES "public"."seminars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_doc_id_docs_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."docs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presence_intervals" ADD CONSTRAINT "presence_intervals_seminar_id_seminars_id_fk" FOREIGN KEY ("seminar_id") REFERENCES "public"."seminars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presence_intervals" ADD CONSTRAINT "presence_intervals_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_seminar_id_seminars_id_fk" FOREIGN KEY ("seminar_id") REFERENCES "public"."seminars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminar_events" ADD CONSTRAINT "seminar_events_seminar_id_seminars_id_fk" FOREIGN KEY ("seminar_id") REFERENCES "public"."seminars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminar_reports" ADD CONSTRAINT "seminar_reports_seminar_id_seminars_id_fk" FOREIGN KEY ("seminar_id") REFERENCES "public"."seminars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminar_reports" ADD CONSTRAINT "seminar_reports_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminar_roles" ADD CONSTRAINT "seminar_roles_seminar_id_seminars_id_fk" FOREIGN KEY ("seminar_id") REFERENCES "public"."seminars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminar_roles" ADD CONSTRAINT "seminar_roles_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminars" ADD CONSTRAINT "seminars_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminars" ADD CONSTRAINT "seminars_prep_id_lesson_preps_id_fk" FOREIGN KEY ("prep_id") REFERENCES "public"."lesson_preps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminars" ADD CONSTRAINT "seminars_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seminars" ADD CONSTRAINT "seminars_host_id_persons_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attributions" ADD CONSTRAINT "attributions_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attributions" ADD CONSTRAINT "attributions_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_reporter_id_persons_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_decisions" ADD CONSTRAINT "resource_decisions_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_reuses" ADD CONSTRAINT "resource_reuses_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_reuses" ADD CONSTRAINT "resource_reuses_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_reuses" ADD CONSTRAINT "resource_reuses_plan_id_lesson_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."lesson_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_versions" ADD CONSTRAINT "resource_versions_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_plan_id_lesson_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."lesson_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_lesson_node_id_lesson_nodes_id_fk" FOREIGN KEY ("lesson_node_id") REFERENCES "public"."lesson_nodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_owner_id_persons_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "auth_accounts_user" ON "auth_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_sessions_token" ON "auth_sessions" USING btree ("token");--> statement-breakpoint
CREATE INDEX "auth_sessions_user" ON "auth_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_users_email" ON "auth_users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "auth_verifications_identifier" ON "auth_verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "consents_person" ON "consents" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_email" ON "identities" USING btree ("email_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_phone" ON "identities" USING btree ("phone_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_employee_no" ON "identities" USING btree ("employee_no_hash");--> statement-breakpoint
CREATE INDEX "identities_name" ON "identities" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "one_time_links_token" ON "one_time_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "one_time_links_person" ON "one_time_links" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "persons_school" ON "persons" USING btree ("school_id");--> statement-breakpoint
CREATE INDEX "role_grants_person" ON "role_grants" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "role_grants_open" ON "role_grants" USING btree ("person_id","role","scope_type","scope_id") WHERE "to" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "regions_code" ON "regions" USING btree ("code");--> statement-breakpoint
CREATE INDEX "regions_parent" ON "regions" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "schools_region" ON "schools" USING btree ("region_id");--> statement-breakpoint
CREATE INDEX "schools_name" ON "schools" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "editions_name" ON "editions" USING btree ("stage","subject","name","year");--> statement-breakpoint
CREATE UNIQUE INDEX "lesson_nodes_place" ON "lesson_nodes" USING btree ("unit_id","no");--> statement-breakpoint
CREATE INDEX "plan_templates_subject" ON "plan_templates" USING btree ("subject","stage");--> statement-breakpoint
CREATE UNIQUE INDEX "units_place" ON "units" USING btree ("edition_id","grade","volume","no");--> statement-breakpoint
CREATE INDEX "announcements_studio" ON "announcements" USING btree ("studio_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "applications_open" ON "applications" USING btree ("studio_id","person_id") WHERE state in ('pending', 'waitlisted');--> statement-breakpoint
CREATE INDEX "applications_studio" ON "applications" USING btree ("studio_id","state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open" ON "invitations" USING btree ("studio_id","person_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "invitations_person" ON "invitations" USING btree ("person_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "seats_open" ON "seats" USING btree ("studio_id","person_id") WHERE "to" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "seats_one_master" ON "seats" USING btree ("studio_id") WHERE "to" is null and role = 'master';--> statement-breakpoint
CREATE INDEX "seats_studio_role" ON "seats" USING btree ("studio_id","role","id");--> statement-breakpoint
CREATE INDEX "seats_person" ON "seats" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "studio_groups_name" ON "studio_groups" USING btree ("studio_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "studio_terms_no" ON "studio_terms" USING btree ("studio_id","no");--> statement-breakpoint
CREATE UNIQUE INDEX "studios_slug" ON "studios" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "studios_region" ON "studios" USING btree ("region_id","status");--> statement-breakpoint
CREATE INDEX "studios_status" ON "studios" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "comment_threads_doc" ON "comment_threads" USING btree ("doc_id","id");--> statement-breakpoint
CREATE INDEX "comments_thread" ON "comments" USING btree ("thread_id","id");--> statement-breakpoint
CREATE INDEX "doc_readings_person" ON "doc_readings" USING btree ("person_id","last_at");--> statement-breakpoint
CREATE INDEX "doc_updates_doc" ON "doc_updates" USING btree ("doc_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "doc_versions_no" ON "doc_versions" USING btree ("doc_id","no");--> statement-breakpoint
CREATE INDEX "attachments_owner" ON "attachments" USING btree ("owner_type","owner_id");--> statement-breakpoint
CREATE INDEX "attachments_sha" ON "attachments" USING btree ("sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "individual_notes_person" ON "individual_notes" USING btree ("prep_id","person_id","iteration");--> statement-breakpoint
CREATE INDEX "individual_notes_plan" ON "individual_notes" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "lesson_plans_owner" ON "lesson_plans" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "lesson_plans_lesson" ON "lesson_plans" USING btree ("lesson_id");--> statement-breakpoint
CREATE INDEX "lesson_plans_prep" ON "lesson_plans" USING btree ("prep_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lesson_plans_doc" ON "lesson_plans" USING btree ("doc_id");--> statement-breakpoint
CREATE INDEX "lesson_plans_upstream" ON "lesson_plans" USING btree ("upstream_resource_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lesson_preps_lesson" ON "lesson_preps" USING btree ("lesson_id");--> statement-breakpoint
CREATE INDEX "lesson_preps_studio" ON "lesson_preps" USING btree ("studio_id","state","id");--> statement-breakpoint
CREATE INDEX "lesson_preps_group" ON "lesson_preps" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "lesson_runs_lesson" ON "lesson_runs" USING btree ("lesson_id");--> statement-breakpoint
CREATE INDEX "lesson_runs_teacher" ON "lesson_runs" USING btree ("teacher_id","id");--> statement-breakpoint
CREATE INDEX "lessons_owner" ON "lessons" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "lessons_studio" ON "lessons" USING btree ("studio_id","id");--> statement-breakpoint
CREATE INDEX "lessons_node" ON "lessons" USING btree ("lesson_node_id");--> statement-breakpoint
CREATE INDEX "prep_changes_prep" ON "prep_changes" USING btree ("prep_id","id");--> statement-breakpoint
CREATE INDEX "prep_moves_prep" ON "prep_moves" USING btree ("prep_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "prep_participants_person" ON "prep_participants" USING btree ("prep_id","person_id");--> statement-breakpoint
CREATE INDEX "prep_participants_who" ON "prep_participants" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "reflections_lesson" ON "reflections" USING btree ("lesson_id");--> statement-breakpoint
CREATE INDEX "reflections_person" ON "reflections" USING btree ("person_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_messages_key" ON "chat_messages" USING btree ("seminar_id","person_id","client_key");--> statement-breakpoint
CREATE INDEX "chat_messages_seminar" ON "chat_messages" USING btree ("seminar_id","id");--> statement-breakpoint
CREATE INDEX "hand_raises_seminar" ON "hand_raises" USING btree ("seminar_id","id");--> statement-breakpoint
CREATE INDEX "media_events_room" ON "media_events" USING btree ("room","at");--> statement-breakpoint
CREATE UNIQUE INDEX "presence_intervals_source" ON "presence_intervals" USING btree ("seminar_id","source_id");--> statement-breakpoint
CREATE INDEX "presence_intervals_person" ON "presence_intervals" USING btree ("seminar_id","person_id");--> statement-breakpoint
CREATE INDEX "registrations_person" ON "registrations" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "seminar_events_seminar" ON "seminar_events" USING btree ("seminar_id","id");--> statement-breakpoint
CREATE INDEX "seminar_reports_person" ON "seminar_reports" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "seminar_roles_person" ON "seminar_roles" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "seminars_studio" ON "seminars" USING btree ("studio_id","starts_at");--> statement-breakpoint
CREATE INDEX "seminars_host" ON "seminars" USING btree ("host_id","starts_at");--> statement-breakpoint
CREATE INDEX "seminars_lesson" ON "seminars" USING btree ("lesson_id");--> statement-breakpoint
CREATE INDEX "seminars_state" ON "seminars" USING btree ("state","starts_at");--> statement-breakpoint
CREATE INDEX "attributions_resource" ON "attributions" USING btree ("resource_id","position");--> statement-breakpoint
CREATE INDEX "attributions_source" ON "attributions" USING btree ("source_resource_id");--> statement-breakpoint
CREATE INDEX "download_traces_resource" ON "download_traces" USING btree ("resource_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "moderation_cases_open" ON "moderation_cases" USING btree ("resource_id","reporter_id") WHERE state in ('reported', 'triaged');--> statement-breakpoint
CREATE INDEX "moderation_cases_state" ON "moderation_cases" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "resource_decisions_resource" ON "resource_decisions" USING btree ("resource_id","id");--> statement-breakpoint
CREATE INDEX "resource_reuses_resource" ON "resource_reuses" USING btree ("resource_id","id");--> statement-breakpoint
CREATE INDEX "resource_reuses_person" ON "resource_reuses" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "resource_versions_no" ON "resource_versions" USING btree ("resource_id","no");--> statement-breakpoint
CREATE INDEX "resources_owner" ON "resources" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "resources_studio" ON "resources" USING btree ("studio_id","state","id");--> statement-breakpoint
CREATE INDEX "resources_state" ON "resources" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "resources_lesson" ON "resources" USING btree ("lesson_id");--> statement-breakpoint
CREATE INDEX "resources_node" ON "resources" USING btree ("lesson_node_id");--> statement-breakpoint
CREATE UNIQUE INDEX "access_scopes_ref" ON "access_scopes" USING btree ("type","ref");--> statement-breakpoint
CREATE INDEX "audit_log_object" ON "audit_log" USING btree ("object_type","object_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_person" ON "audit_log" USING btree ("person_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_events_chain" ON "evidence_events" USING btree ("person_id","position");--> statement-breakpoint
CREATE INDEX "evidence_events_person" ON "evidence_events" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "evidence_events_lesson" ON "evidence_events" USING btree ("lesson_id","id");--> statement-breakpoint
CREATE INDEX "evidence_events_studio" ON "evidence_events" USING btree ("studio_id","occurred_at");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("state","run_at");--> statement-breakpoint
CREATE INDEX "jobs_key" ON "jobs" USING btree ("kind","key","state");--> statement-breakpoint
CREATE INDEX "notifications_person" ON "notifications" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("person_id","read_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_key" ON "notifications" USING btree ("person_id","key");