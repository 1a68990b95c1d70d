namespace TaskGrain.Metrics;

/// <summary>Which caption metrics to compute.</summary>
[Flags]
public enum CaptionMetrics
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>BLEU-1 to BLEU-4.</summary>
    Bleu = 1,

    /// <summary>ROUGE-L.</summary>
    RougeL = 2,

    /// <summary>METEOR 1.5.</summary>
    Meteor = 4,

    /// <summary>CIDEr-D.</summary>
    Cider = 8,

    /// <summary>Exact match, strict and allowing for rare words.</summary>
    ExactMatch = 16,

    /// <summary>Token accuracy, without and with padding.</summary>
    TokenAccuracy = 32,

    /// <summary>All of them.</summary>
    All = Bleu | RougeL | Meteor | Cider | ExactMatch | TokenAccuracy,
}
