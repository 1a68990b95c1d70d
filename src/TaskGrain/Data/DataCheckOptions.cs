using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>Which videos a check of a data set decodes.</summary>
internal enum DecodeChoice
{
    /// <summary>None: annotations and files alone are looked at.</summary>
    None,

    /// <summary>A few, for the estimates of time and disk.</summary>
    Sample,

    /// <summary>Every one, so that every bad file is found before training.</summary>
    All,
}

/// <summary>How thoroughly a data set is checked.</summary>
internal sealed record DataCheckOptions
{
    /// <summary>How the data set is opened.</summary>
    public DataSetOptions DataSet { get; init; } = new();

    /// <summary>Which videos are decoded; a sample by default.</summary>
    public DecodeChoice Decode { get; init; } = DecodeChoice.Sample;

    /// <summary>Videos in a sample; 16 by default.</summary>
    public int SampleSize { get; init; } = 16;

    /// <summary>Compare file contents to find the same clip in two splits; on by default.</summary>
    public bool CompareContents { get; init; } = true;

    /// <summary>Size and rate that the estimates are for; the paper's by default.</summary>
    public FrameFormat Format { get; init; } = FrameFormat.Paper;

    /// <summary>Quality of the JPEG frames that the estimates are for; 90 by default.</summary>
    public int JpegQuality { get; init; } = 90;

    /// <summary>Categories with fewer training clips than this are named; 5 by default.</summary>
    public int FewClips { get; init; } = 5;

    /// <summary>
    /// The largest category may have this many times the clips of the smallest before a word is said; 50 by default.
    /// </summary>
    public double Imbalance { get; init; } = 50;

    /// <summary>Threads that decode and compare; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Looks the values over.</summary>
    /// <exception cref="TaskGrainException">Lists every value that cannot be.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (!Enum.IsDefined(Decode))
        {
            faults.Add($"Decode {Decode} is not one of {string.Join(", ", Enum.GetNames<DecodeChoice>())}");
        }

        if (SampleSize < 1)
        {
            faults.Add($"SampleSize {SampleSize} must be at least 1");
        }

        if (JpegQuality is < 1 or > 100)
        {
            faults.Add($"JpegQuality {JpegQuality} must be from 1 to 100");
        }

        if (FewClips < 0 || Threads < 0)
        {
            faults.Add($"FewClips {FewClips} and Threads {Threads} must be 0 or more");
        }

        if (!(Imbalance >= 1))
        {
            faults.Add($"Imbalance {Imbalance} must be at least 1");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"check options: {string.Join("; ", faults)}.");
        }

        DataSet.Validate();
    }
}
