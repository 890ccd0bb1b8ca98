import { type Request, type RequestHandler, type Response, Router } from "express";
import type { Viewer } from "#db/viewer.ts";
import type { FileServices } from "./file-routes.ts";
import { resumableUploads } from "./resumable-uploads.ts";
import { simpleUpload } from "./simple-upload.ts";

/** Both ways in. Uploading is for people who are signed in; the Origin was checked before. */
export function uploadRoutes(services: FileServices): Router {
  const router = Router();
  const resumable = resumableUploads(services);
  const whose = (take: (viewer: Viewer, request: Request, response: Response) => Promise<void>): RequestHandler => (request, response, next) => {
    services
      .viewer(request)
      .then((viewer) => {
        response.locals.personId = viewer?.id; // for the log
        if (!viewer) return void response.status(401).json({ refused: "not_yours" });
        if (request.method === "POST" && !services.spend(viewer, "upload")) return void response.status(429).set("retry-after", "60").json({ refused: "busy" });
        return take(viewer, request, response);
      })
      .catch(next);
  };
  router.post("/uploads/simple", whose((viewer, request, response) => simpleUpload(services, viewer, request, response)));
  router.all(/^\/uploads(\/[0-9a-f]{32})?$/, whose(resumable));
  return router;
}
