using Markdig;

namespace TaskGrain.Lab.Reproduction;

/// <summary>The page of a reproduction in HTML: one file that opens without others, with its plots inside.</summary>
internal static class ReproductionHtml
{
    /// <summary>The page.</summary>
    /// <param name="markdown">The page in Markdown.</param>
    /// <param name="folder">Holds its plots.</param>
    /// <param name="plots">Their files' names.</param>
    public static string Of(string markdown, string folder, IReadOnlyList<string> plots)
    {
        string body = Markdown.ToHtml(markdown, new MarkdownPipelineBuilder().UsePipeTables().Build());
        foreach (string file in plots)
        {
            string picture = Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, file)));
            body = body.Replace(
                $"src=\"{file}\"",
                $"src=\"data:image/png;base64,{picture}\"",
                StringComparison.Ordinal
            );
        }

        const string Style = """
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
              color: #1c1c1c; background: #fff; }
            table { border-collapse: collapse; display: block; overflow-x: auto; margin: 1rem 0; }
            th, td { padding: .3rem .7rem; border-bottom: 1px solid #ccc; text-align: left; }
            th { border-bottom: 2px solid #888; }
            img { max-width: 100%; background: #fff; }
            code { background: #8882; padding: .1rem .3rem; overflow-wrap: anywhere; }
            @media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #161616; } }
            """;
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>The paper, reproduced</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            {body}
            </body>
            </html>

            """;
    }
}
