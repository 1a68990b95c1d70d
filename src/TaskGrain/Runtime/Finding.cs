namespace TaskGrain.Runtime;

/// <summary>How much a finding matters.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but something would be better, or some commands will not work.</summary>
    Warning,

    /// <summary>The program cannot do its work.</summary>
    Fault,
}

/// <summary>One thing that was looked at on this machine.</summary>
/// <param name="Subject">What was looked at, such as <c>libtorch</c>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Found">What was found, such as a version and a folder.</param>
/// <param name="Advice">What to do about it; null when there is nothing to do.</param>
internal sealed record Finding(string Subject, FindingLevel Level, string Found, string? Advice = null);
