namespace TaskGrain.Evaluation;

/// <summary>How a linear probe is fitted.</summary>
public sealed record LinearProbeOptions
{
    /// <summary>
    /// L2 penalties to try, in units of the mean loss over samples of standardised features. One value is used as it
    /// stands; of several the one that does best on a held-out part of the training samples is.
    /// </summary>
    public IReadOnlyList<double> L2 { get; init; } = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

    /// <summary>Share of each class's training samples held out to choose <see cref="L2"/>, in (0, 1).</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>Most L-BFGS steps of one fit.</summary>
    public int Iterations { get; init; } = 200;

    /// <summary>Fixes which samples are held out.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (L2.Count == 0 || L2.Any(l => !double.IsFinite(l) || l < 0))
        {
            faults.Add("the L2 penalties must be one or more numbers of 0 or above");
        }

        if (!(HeldOut > 0 && HeldOut < 1))
        {
            faults.Add($"the held-out share must lie between 0 and 1, not {HeldOut}");
        }

        if (Iterations < 1)
        {
            faults.Add($"there must be at least 1 iteration, not {Iterations}");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"linear probe: {string.Join("; ", faults)}.");
        }
    }
}
