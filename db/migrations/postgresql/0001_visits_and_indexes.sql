CREATE TABLE "visits_daily" (
	"day" text PRIMARY KEY NOT NULL,
	"visits" bigint NOT NULL,
	"pages" bigint NOT NULL,
	"bot_pages" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "evidence_events_studio";--> statement-breakpoint
CREATE INDEX "identities_unverified" ON "identities" USING btree ("person_id") WHERE verified_at is null;--> statement-breakpoint
CREATE INDEX "role_grants_role" ON "role_grants" USING btree ("role","scope_type","scope_id") WHERE "to" is null;--> statement-breakpoint
CREATE INDEX "applications_person" ON "applications" USING btree ("person_id","state");--> statement-breakpoint
CREATE INDEX "comments_author" ON "comments" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "presence_intervals_open" ON "presence_intervals" USING btree ("channel") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "resources_newest" ON "resources" USING btree ("state","published_at");--> statement-breakpoint
CREATE INDEX "resources_plan" ON "resources" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "evidence_events_studio" ON "evidence_events" USING btree ("studio_id","occurred_at","person_id","kind");