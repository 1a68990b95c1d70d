using System.Text.Json;
using TaskGrain.Evaluation;

namespace TaskGrain.Explain.Reports;

/// <summary>A confusion matrix as a table whose cells can be chosen, and its clips as JSON for the script.</summary>
internal static class ConfusionHtml
{
    /// <summary>
    /// One line; the standard encoder escapes everything that HTML could take for its own, so that no text ends the
    /// script element.
    /// </summary>
    private static readonly JsonSerializerOptions Json = new();

    /// <summary>Adds the matrix, the choice of a class, the pane for details and the clips.</summary>
    /// <param name="html">The page.</param>
    /// <param name="block">The matrix and its clips.</param>
    public static void Add(Html html, ConfusionBlock block)
    {
        ConfusionMatrix matrix = block.Matrix;
        html.Raw("<noscript><p>Choosing cells needs JavaScript; the counts are all here.</p></noscript>\n")
            .Raw("<div class=\"choice\" hidden><label for=\"choice\">Show all clips of a class</label>")
            .Raw("<select id=\"choice\"><option value=\"\">choose a class</option>");
        for (int c = 0; c < matrix.Classes; c++)
        {
            html.Add($"<option value=\"{c}\">{matrix.Names[c]}</option>");
        }

        html.Raw("</select></div>\n<div class=\"matrix\" id=\"matrix\" role=\"region\" tabindex=\"0\" ")
            .Add($"aria-label=\"Confusion matrix\" style=\"--classes:{matrix.Classes}\"><table>")
            .Raw("<thead><tr><th scope=\"col\">true \\ taken for</th>");
        foreach (string name in matrix.Names)
        {
            html.Add($"<th scope=\"col\" title=\"{name}\"><span>{name}</span></th>");
        }

        html.Raw("</tr></thead>\n<tbody>\n");
        bool first = true;
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            html.Add($"<tr><th scope=\"row\" title=\"{matrix.Names[truth]}\">{matrix.Names[truth]}</th>");
            int samples = matrix.SamplesOf(truth);
            for (int taken = 0; taken < matrix.Classes; taken++)
            {
                Cell(html, matrix, truth, taken, samples, ref first);
            }

            html.Raw("</tr>\n");
        }

        html.Raw("</tbody></table></div>\n<div class=\"detail\" id=\"detail\" role=\"region\" aria-live=\"polite\" ")
            .Raw("aria-label=\"Clips of the chosen cell\"><p>No cell is chosen.</p></div>\n")
            .Raw($"<script type=\"application/json\" id=\"clips\">{Clips(block)}</script>\n");
    }

    private static void Cell(Html html, ConfusionMatrix matrix, int truth, int taken, int samples, ref bool first)
    {
        int count = matrix[truth, taken];
        if (count == 0)
        {
            html.Raw(truth == taken ? "<td class=\"hit\"></td>" : "<td></td>");
            return;
        }

        double share = Math.Round((double)count / samples, 2);
        string said =
            truth == taken
                ? $"{count} of {samples} clips of {matrix.Names[truth]} recognised"
                : $"{count} of {samples} clips of {matrix.Names[truth]} taken for {matrix.Names[taken]}";
        html.Raw(truth == taken ? "<td class=\"hit\">" : "<td>")
            .Add($"<button type=\"button\" id=\"cell-{truth}-{taken}\" tabindex=\"{(first ? 0 : -1)}\" ")
            .Add($"aria-pressed=\"false\" aria-label=\"{said}\" style=\"--share:{share}\">{count}</button></td>");
        first = false;
    }

    private static string Clips(ConfusionBlock block)
    {
        var numbers = block
            .Matrix.Names.Select((name, number) => (name, number))
            .DistinctBy(pair => pair.name)
            .ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);
        return JsonSerializer.Serialize(
            new
            {
                names = block.Matrix.Names,
                clips = block.Clips.Select(clip => new
                {
                    id = clip.Result.Id,
                    t = numbers.GetValueOrDefault(clip.Result.Truth, -1),
                    p = numbers.GetValueOrDefault(clip.Result.Predicted ?? "", -1),
                    q = clip.Result.Probability,
                    c = clip.Result.TrueCaption,
                    g = clip.Result.Caption,
                    s = clip.Strip is { } strip ? Convert.ToBase64String(strip.Jpeg) : null,
                    n = clip.Strip?.Frames,
                    w = clip.Strip?.Width,
                    h = clip.Strip?.Height,
                }),
            },
            Json
        );
    }
}
