using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TaskGrain.Explain.Reports;

/// <summary>A page of a report as one HTML file that needs nothing else.</summary>
internal static class PageHtml
{
    /// <summary>Renders a page.</summary>
    /// <param name="page">The page.</param>
    /// <returns>The file's text.</returns>
    public static string Of(ReportPage page)
    {
        string style = Resource("report.css");
        string script = Resource("report.js");

        // Nothing but this script runs, and nothing is fetched, whatever the texts hold.
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        var html = new Html();
        html.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; ")
            .Raw($"style-src 'unsafe-inline'; script-src 'sha256-{hash}'\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<link rel=\"icon\" href=\"data:,\">\n")
            .Add($"<title>{page.Title}</title>\n")
            .Raw($"<style>\n{style}</style>\n</head>\n<body>\n")
            .Raw("<a class=\"skip\" href=\"#main\">To the content</a>\n<header>\n")
            .Add($"<h1>{page.Title}</h1>\n<p class=\"lead\">{page.Lead}</p>\n")
            .Raw("<nav aria-label=\"Sections\"><ul>\n");
        foreach (ReportSection section in page.Sections)
        {
            html.Add($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>\n");
        }

        html.Raw("</ul></nav>\n<p class=\"motion\"><button type=\"button\" id=\"motion\" hidden>")
            .Raw("Stop the moving pictures</button></p>\n</header>\n<main id=\"main\">\n");
        foreach (ReportSection section in page.Sections)
        {
            html.Add($"<section aria-labelledby=\"{section.Id}\">\n<h2 id=\"{section.Id}\">{section.Title}</h2>\n");
            foreach (ReportBlock block in section.Blocks)
            {
                BlockHtml.Add(html, block);
            }

            html.Raw("</section>\n");
        }

        return html.Raw($"</main>\n<script>{script}</script>\n</body>\n</html>\n").ToString();
    }

    private static string Resource(string name)
    {
        Assembly assembly = typeof(PageHtml).Assembly;
        string full = assembly
            .GetManifestResourceNames()
            .Single(known => known.EndsWith($".Reports.Resources.{name}", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(full)!);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
