import { $generateNodesFromDOM } from "@lexical/html";
import { $isLinkNode } from "@lexical/link";
import { $getSelection, $insertNodes, $isElementNode, $isRangeSelection, COMMAND_PRIORITY_HIGH, PASTE_COMMAND, type LexicalEditor, type LexicalNode } from "lexical";
import { useEffect } from "react";
import { isSafeLink } from "../safe-link.ts";
import { cleanPasted } from "./clean-html.ts";

/** Text from elsewhere comes without its looks and without links that run. What was copied in an editor of ours comes as it was. */
export function useCleanPaste(editor: LexicalEditor): void {
  useEffect(
    () =>
      editor.registerCommand(
        PASTE_COMMAND,
        (event) => {
          const data = "clipboardData" in event ? event.clipboardData : null;
          const html = data?.getData("text/html") ?? "";
          if (!data || html === "" || data.types.includes("application/x-lexical-editor")) return false;
          if (!$isRangeSelection($getSelection())) return false;
          event.preventDefault();
          const pasted = new DOMParser().parseFromString(html, "text/html");
          cleanPasted(pasted);
          const nodes = $generateNodesFromDOM(editor, pasted);
          nodes.forEach($dropUnsafeLinks);
          $insertNodes(nodes);
          return true;
        },
        COMMAND_PRIORITY_HIGH,
      ),
    [editor],
  );
}

function $dropUnsafeLinks(node: LexicalNode): void {
  if (!$isElementNode(node)) return;
  node.getChildren().forEach($dropUnsafeLinks);
  if ($isLinkNode(node) && !isSafeLink(node.getURL())) node.setURL("");
}
