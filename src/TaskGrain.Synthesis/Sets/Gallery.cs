using System.Net;
using System.Text;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Synthesis;

/// <summary>
/// An HTML page to look at: moving clips of every category beside their captions, and contact sheets.
/// </summary>
internal static class Gallery
{
    private const int SheetRows = 12;

    /// <summary>Writes <c>index.html</c>, a video a clip, and <c>sheet-*.png</c>.</summary>
    /// <param name="options">World, seed and categories; the number of clips is not used.</param>
    /// <param name="folder">The folder; made when missing.</param>
    /// <param name="clipsPerCategory">Clips of each category, at least 1.</param>
    /// <param name="progress">Told after every clip.</param>
    /// <param name="cancellation">Stops between clips.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="TaskGrainException">The options are faulty, or the ffmpeg program is missing.</exception>
    public static string Write(
        SynthesisOptions options,
        string folder,
        int clipsPerCategory = 2,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clipsPerCategory, 1);
        var first = new WorldGenerator(options);
        int categories =
            options.Categories.Count > 0 ? options.Categories.Count : WorldGenerator.CategoriesOf(options.World).Count;
        var generator = new WorldGenerator(options with { Clips = categories * clipsPerCategory });
        Directory.CreateDirectory(folder);
        SyntheticClip[] clips = new SyntheticClip[generator.Count];
        var work = new ClipWork<bool>("drawing", generator.Count, options.Threads, progress, cancellation)
        {
            IsDone = _ => false,
            Make = index =>
            {
                SyntheticClip clip = clips[index] = generator.Clip(index);
                WebmEncoder.Write(
                    Path.Combine(folder, $"{clip.Annotation.Id}.webm"),
                    clip.Render(clip.Format),
                    cancellation
                );
                return true;
            },
        };
        work.Run();
        Taxonomy taxonomy = first.Taxonomy;
        SyntheticClip[] ordered = [.. clips.OrderBy(clip => clip.Annotation.Category)];
        int sheet = 0;
        foreach (SyntheticClip[] rows in ordered.DistinctBy(clip => clip.Annotation.Category).Chunk(SheetRows))
        {
            byte[] png = ContactSheet.Draw(rows);
            AtomicFile.Write(Path.Combine(folder, $"sheet-{++sheet:00}.png"), stream => stream.Write(png));
        }

        string page = Path.Combine(folder, "index.html");
        AtomicFile.WriteText(page, Page(ordered, taxonomy));
        return page;
    }

    private static string Page(SyntheticClip[] clips, Taxonomy taxonomy)
    {
        var html = new StringBuilder();
        html.Append(
                "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Generated "
                    + "clips</title>\n<style>\n"
            )
            .Append(
                "body{font:15px/1.4 system-ui,sans-serif;margin:2rem auto;max-width:1200px;padding:0 "
                    + "1rem;color:#222;background:#fafaf8}\n"
            )
            .Append(
                "h2{margin:2.2rem 0 .2rem;font-size:1.15rem}h3{margin:1rem 0 .4rem;font-size:1rem;font-weight:600}\n"
            )
            .Append(
                ".row{display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0;width:284px}"
                    + "video{width:100%;border-radius:6px;background:#ddd}\n"
            )
            .Append(
                "figcaption{font-size:.85rem;color:#555}@media(prefers-color-scheme:dark)"
                    + "{body{background:#18191b;color:#eee}figcaption{color:#aaa}}\n"
            )
            .Append("</style></head><body>\n<h1>Generated clips</h1>\n")
            .Append(
                $"<p>{clips.Length} clips of {clips.Select(c => c.Annotation.Category).Distinct().Count()} "
                    + $"categories.</p>\n"
            );
        foreach (var group in clips.GroupBy(clip => taxonomy.GroupOf(clip.Annotation.Category)))
        {
            html.Append($"<h2>{WebUtility.HtmlEncode(taxonomy.Groups[group.Key])}</h2>\n");
            foreach (var category in group.GroupBy(clip => clip.Template))
            {
                html.Append($"<h3>{WebUtility.HtmlEncode(category.Key)}</h3>\n<div class=\"row\">\n");
                foreach (SyntheticClip clip in category)
                {
                    html.Append(
                            $"<figure><video src=\"{clip.Annotation.Id}.webm\" autoplay loop muted playsinline></video>"
                        )
                        .Append($"<figcaption>{WebUtility.HtmlEncode(clip.Annotation.Label)}</figcaption></figure>\n");
                }

                html.Append("</div>\n");
            }
        }

        return html.Append("</body></html>\n").ToString();
    }
}
