import { Router } from "express";
import type { FileServices } from "./file-routes.ts";
import { resumableUploads } from "./resumable-uploads.ts";
import { simpleUpload } from "./simple-upload.ts";

/** Both ways in. Uploading is for people who are signed in; the Origin was checked before. */
export function uploadRoutes(services: FileServices): Router {
  const router = Router();
  const resumable = resumableUploads(services);
  router.post("/uploads/simple", (request, response, next) => {
    services.viewer(request).then((viewer) => (viewer ? simpleUpload(services, viewer, request, response) : void response.status(401).json({ refused: "not_yours" }))).catch(next);
  });
  router.all(/^\/uploads(\/[0-9a-f]{32})?$/, (request, response, next) => {
    services.viewer(request).then((viewer) => (viewer ? resumable(viewer, request, response) : void response.status(401).json({ refused: "not_yours" }))).catch(next);
  });
  return router;
}
