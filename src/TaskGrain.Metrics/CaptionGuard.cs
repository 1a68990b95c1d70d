namespace TaskGrain.Metrics;

/// <summary>Checks that every caption metric makes of what it is given.</summary>
internal static class CaptionGuard
{
    public static void AtLeastOneReference(int references)
    {
        if (references == 0)
        {
            throw new ArgumentException("A caption needs at least one reference.", nameof(references));
        }
    }

    public static void SameCount(int hypotheses, int references)
    {
        if (hypotheses != references)
        {
            throw new ArgumentException(
                $"{hypotheses} hypotheses, but references for {references}: they must belong together one by one.",
                nameof(references)
            );
        }
    }
}
