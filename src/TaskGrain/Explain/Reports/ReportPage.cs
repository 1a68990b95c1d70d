using TaskGrain.Evaluation;

namespace TaskGrain.Explain.Reports;

/// <summary>A page of a report before it is HTML. All texts are plain: the renderer escapes them.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Lead">The sentence under it.</param>
/// <param name="Sections">Its sections, in order.</param>
internal sealed record ReportPage(string Title, string Lead, IReadOnlyList<ReportSection> Sections);

/// <summary>A part of a page under a heading.</summary>
/// <param name="Id">Its name in the page: lower case letters and hyphens; no other section has it.</param>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What it holds, in order.</param>
internal sealed record ReportSection(string Id, string Title, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A piece of a section.</summary>
internal abstract record ReportBlock;

/// <summary>A paragraph.</summary>
/// <param name="Text">Its text.</param>
internal sealed record Prose(string Text) : ReportBlock;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Number">Whether it holds numbers, which are set to the right.</param>
internal sealed record ReportColumn(string Name, bool Number = false);

/// <summary>A table; the first cell of a row names the row.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, a cell a column.</param>
/// <param name="Folded">Whether it is opened by hand.</param>
internal sealed record DataTable(
    string Caption,
    IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    bool Folded = false
) : ReportBlock;

/// <summary>A drawing.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Alternative">The same in words, for who cannot see it.</param>
/// <param name="Svg">An SVG file's text, for a light page.</param>
/// <param name="DarkSvg">The same for a dark page; null where there is none.</param>
internal sealed record Drawing(string Caption, string Alternative, string Svg, string? DarkSvg = null) : ReportBlock;

/// <summary>Who was taken for whom, with the clips behind the counts.</summary>
/// <param name="Matrix">The counts.</param>
/// <param name="Clips">The clips; empty where they are not known.</param>
internal sealed record ConfusionBlock(ConfusionMatrix Matrix, IReadOnlyList<ShownClip> Clips) : ReportBlock;

/// <summary>Clips one after another.</summary>
/// <param name="Clips">The clips.</param>
internal sealed record ExamplesBlock(IReadOnlyList<ExampleClip> Clips) : ReportBlock;

/// <summary>A clip of a confusion matrix.</summary>
/// <param name="Result">What the model said about it.</param>
/// <param name="Strip">Its frames side by side; null where it has no picture.</param>
internal sealed record ShownClip(ClipResult Result, FrameStrip? Strip);

/// <summary>A clip shown at length.</summary>
/// <param name="Result">What the model said about it.</param>
/// <param name="Likeliest">Its likeliest classes in words, such as <c>Dropping it (61.2%)</c>.</param>
/// <param name="Strip">Its frames; null where it has no picture.</param>
/// <param name="Overlay">The same frames with what spoke for the prediction; null where that is not known.</param>
internal sealed record ExampleClip(
    ClipResult Result,
    IReadOnlyList<string> Likeliest,
    FrameStrip? Strip,
    FrameStrip? Overlay
)
{
    /// <summary>Whether the prediction is right.</summary>
    public bool Right => ExampleChoice.Right(Result);
}

/// <summary>Frames of a clip side by side in one JPEG picture, which a page shows one after another.</summary>
/// <param name="Jpeg">The picture's bytes.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Width">Pixels across of a frame.</param>
/// <param name="Height">Pixels down.</param>
internal sealed record FrameStrip(byte[] Jpeg, int Frames, int Width, int Height);
