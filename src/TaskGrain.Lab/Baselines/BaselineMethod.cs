namespace TaskGrain.Lab.Baselines;

/// <summary>What is learned on the features of frames (Tables 3 and 4).</summary>
internal enum BaselineMethod
{
    /// <summary>A two-layer perceptron on the middle frame.</summary>
    MiddleFrame,

    /// <summary>The same on every frame, its predictions averaged.</summary>
    AveragedFrames,

    /// <summary>An LSTM over the frames.</summary>
    Lstm,

    /// <summary>Multi-scale temporal relations (Zhou et al. 2018).</summary>
    Relations,

    /// <summary>An LSTM over the frames and a caption decoder on its states.</summary>
    Captioner,
}

/// <summary>The methods' words.</summary>
internal static class BaselineMethods
{
    /// <summary>The methods that classify, from what sees least to what sees most.</summary>
    public static IReadOnlyList<BaselineMethod> Classifiers { get; } =
    [BaselineMethod.MiddleFrame, BaselineMethod.AveragedFrames, BaselineMethod.Lstm, BaselineMethod.Relations];

    /// <summary>All methods: those that classify and the captioner.</summary>
    public static IReadOnlyList<BaselineMethod> All { get; } = [.. Classifiers, BaselineMethod.Captioner];

    /// <summary>The method's word on the command line and in files.</summary>
    public static string Name(this BaselineMethod method) =>
        method switch
        {
            BaselineMethod.MiddleFrame => "middle-frame",
            BaselineMethod.AveragedFrames => "averaged-frames",
            BaselineMethod.Lstm => "lstm",
            BaselineMethod.Relations => "relations",
            BaselineMethod.Captioner => "captioner",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "not a method"),
        };

    /// <summary>Reads a method's word.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="TaskGrainException">It is none.</exception>
    public static BaselineMethod Parse(string word)
    {
        foreach (BaselineMethod method in All)
        {
            if (method.Name() == word)
            {
                return method;
            }
        }

        throw new TaskGrainException($"use {string.Join(", ", All.Select(Name))}.");
    }

    /// <summary>The method in a sentence.</summary>
    public static string Words(this BaselineMethod method) =>
        method switch
        {
            BaselineMethod.MiddleFrame => "a single frame",
            BaselineMethod.AveragedFrames => "averaged frames",
            BaselineMethod.Lstm => "the LSTM",
            BaselineMethod.Relations => "temporal relations",
            BaselineMethod.Captioner => "the captioner",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "not a method"),
        };

    /// <summary>The method in a table.</summary>
    /// <param name="method">The method.</param>
    /// <param name="options">Its sizes.</param>
    public static string Title(this BaselineMethod method, BaselineOptions options) =>
        method switch
        {
            BaselineMethod.MiddleFrame => $"MLP {options.Units}, single middle frame",
            BaselineMethod.AveragedFrames => $"MLP {options.Units}, averaged over {options.Frames} frames",
            BaselineMethod.Lstm => $"LSTM {options.Units}, {options.Frames} steps",
            BaselineMethod.Relations => $"TRN, {options.RelationFrames} frames, multi-scale",
            BaselineMethod.Captioner => $"LSTM {options.Units} and caption decoder",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "not a method"),
        };
}
