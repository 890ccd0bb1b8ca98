import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { useTranslation } from "react-i18next";
import { TOOL_ICONS, type ToolActs, type ToolName, applyTool } from "./text-tools.ts";

interface ToolButtonsProps {
  tools: readonly ToolName[];
  acts: ToolActs;
  on: ReadonlySet<ToolName>;
  /** Asked for the address of a link. */
  onLink?: () => void;
  onDone?: () => void;
}

/** Buttons that leave the selection where it is. */
export function ToolButtons({ tools, acts, on, onLink, onDone }: ToolButtonsProps) {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation("editor");
  const given = tools.filter((tool) => (tool !== "image" || acts.pickImage) && (tool !== "comment" || acts.comment) && (tool !== "link" || onLink));
  return given.map((tool) => {
    const Icon = TOOL_ICONS[tool];
    const press = () => {
      if (tool === "link") onLink?.();
      else applyTool(editor, tool, acts);
      onDone?.();
    };
    return (
      <button key={tool} type="button" aria-label={t(`tool.${tool}`)} title={t(`tool.${tool}`)} aria-pressed={on.has(tool)} onMouseDown={(event) => event.preventDefault()} onClick={press}>
        <Icon size={17} aria-hidden />
      </button>
    );
  });
}
