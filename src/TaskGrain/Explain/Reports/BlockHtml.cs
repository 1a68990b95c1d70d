using System.Text;

namespace TaskGrain.Explain.Reports;

/// <summary>The blocks of a page as HTML.</summary>
internal static class BlockHtml
{
    /// <summary>Adds a block.</summary>
    /// <param name="html">The page.</param>
    /// <param name="block">The block.</param>
    public static void Add(Html html, ReportBlock block)
    {
        switch (block)
        {
            case Prose prose:
                html.Add($"<p>{prose.Text}</p>\n");
                break;
            case DataTable table:
                Table(html, table);
                break;
            case Drawing drawing:
                Draw(html, drawing);
                break;
            case ExamplesBlock examples:
                html.Raw("<div class=\"examples\">\n");
                foreach (ExampleClip clip in examples.Clips)
                {
                    Example(html, clip);
                }

                html.Raw("</div>\n");
                break;
            case ConfusionBlock confusion:
                ConfusionHtml.Add(html, confusion);
                break;
            default:
                throw new InvalidOperationException($"no such block: {block.GetType().Name}");
        }
    }

    private static void Table(Html html, DataTable table)
    {
        if (table.Folded)
        {
            html.Add($"<details><summary>{table.Caption}</summary>\n");
        }

        html.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{table.Caption}\">")
            .Add($"<table class=\"data\"><caption>{table.Caption}</caption>\n<thead><tr>");
        foreach (ReportColumn column in table.Columns)
        {
            html.Add($"<th scope=\"col\" class=\"{(column.Number ? "number" : "text")}\">{column.Name}</th>");
        }

        html.Raw("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            html.Raw("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                string kind = table.Columns[i].Number ? "number" : "text";
                _ =
                    i == 0
                        ? html.Add($"<th scope=\"row\" class=\"{kind}\">{row[i]}</th>")
                        : html.Add($"<td class=\"{kind}\">{row[i]}</td>");
            }

            html.Raw("</tr>\n");
        }

        html.Raw("</tbody></table></div>\n");
        if (table.Folded)
        {
            html.Raw("</details>\n");
        }
    }

    // As a picture of its own: what is named within one drawing cannot meet what is named in another.
    private static void Draw(Html html, Drawing drawing)
    {
        html.Add($"<figure><figcaption>{drawing.Caption}</figcaption>\n")
            .Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{drawing.Caption}\"><picture>");
        if (drawing.DarkSvg is { } dark)
        {
            html.Raw($"<source media=\"(prefers-color-scheme: dark)\" srcset=\"{Svg(dark)}\">");
        }

        html.Raw($"<img src=\"{Svg(drawing.Svg)}\"").Add($" alt=\"{drawing.Alternative}\"></picture></div></figure>\n");
    }

    private static void Example(Html html, ExampleClip clip)
    {
        string verdict = clip.Right ? "right" : "wrong";
        html.Add($"<article class=\"example\">\n<h3>Truth: {clip.Result.Truth}</h3>\n<div class=\"pictures\">");
        if (clip.Strip is { } strip)
        {
            Strip(html, strip, $"Frames of clip {clip.Result.Id}: {clip.Result.TrueCaption ?? clip.Result.Truth}");
        }

        if (clip.Overlay is { } overlay)
        {
            string what = clip.Likeliest is [{ } likeliest, ..] ? likeliest : "the caption";
            Strip(html, overlay, $"The same frames, bright where and when they speak for {what}");
        }

        html.Raw("</div>\n<dl>");
        if (clip.Result.Predicted is { } predicted)
        {
            html.Add($"<dt>predicted</dt><dd class=\"{verdict}\">{predicted}");
            if (clip.Result.Probability is { } probability)
            {
                html.Add($" ({Evaluation.Percent.Of(probability)}%)");
            }

            html.Add($": {verdict}</dd>");
        }

        if (clip.Likeliest.Count > 1)
        {
            html.Add($"<dt>likeliest</dt><dd>{string.Join("; ", clip.Likeliest)}</dd>");
        }

        if (clip.Result.Caption is { } caption)
        {
            html.Add($"<dt>caption</dt><dd>{(caption.Length > 0 ? caption : "(no word)")}</dd>");
        }

        if (clip.Result.TrueCaption is { } truth)
        {
            html.Add($"<dt>true caption</dt><dd>{truth}</dd>");
        }

        html.Add($"<dt>clip</dt><dd>{clip.Result.Id}</dd></dl>\n</article>\n");
    }

    private static void Strip(Html html, FrameStrip strip, string alternative)
    {
        html.Add($"<span class=\"clip\" style=\"--n:{strip.Frames};width:{strip.Width}px;height:{strip.Height}px\">")
            .Raw($"<img src=\"data:image/jpeg;base64,{Convert.ToBase64String(strip.Jpeg)}\"")
            .Add($" width=\"{strip.Frames * strip.Width}\" height=\"{strip.Height}\" alt=\"{alternative}\"></span>");
    }

    private static string Svg(string text) =>
        $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}";
}
