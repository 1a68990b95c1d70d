namespace TaskGrain.Training;

/// <summary>
/// Lowers the learning rate when the validation loss stalls, as PyTorch's <c>ReduceLROnPlateau</c> does with a
/// relative threshold. Epochs of different λ have losses that do not compare: call <see cref="Restart"/> between them.
/// </summary>
internal sealed class PlateauSchedule
{
    private readonly LearningRateSchedule _options;
    private PlateauState _state;

    /// <summary>Starts, or goes on from a checkpoint.</summary>
    /// <param name="options">Factor, patience, threshold and minimum.</param>
    /// <param name="state">Where it stands.</param>
    public PlateauSchedule(LearningRateSchedule options, PlateauState state)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(state);
        _options = options;
        _state = state;
    }

    /// <summary>Where it stands.</summary>
    public PlateauState State => _state;

    /// <summary>Takes note of an epoch's validation loss.</summary>
    /// <param name="loss">The loss; not-a-number counts as no improvement.</param>
    /// <returns>True when the rate was lowered.</returns>
    public bool Observe(double loss)
    {
        if (loss < (_state.Best ?? double.PositiveInfinity) * (1 - _options.Threshold))
        {
            _state = _state with { Best = loss, BadEpochs = 0 };
            return false;
        }

        int bad = _state.BadEpochs + 1;
        if (bad <= _options.Patience)
        {
            _state = _state with { BadEpochs = bad };
            return false;
        }

        // A little room, since 0.001 times 0.1 five times over is not quite 1e-8.
        double lowered = _state.Rate * _options.Factor;
        bool exhausted = lowered <= _options.Minimum * 1.0001;
        lowered = Math.Max(lowered, _options.Minimum);
        _state = _state with { Rate = lowered, BadEpochs = 0, Exhausted = exhausted };
        return true;
    }

    /// <summary>Forgets the best loss, keeps the rate.</summary>
    public void Restart() => _state = _state with { Best = null, BadEpochs = 0 };
}

/// <summary>Where a <see cref="PlateauSchedule"/> stands.</summary>
/// <param name="Rate">The present learning rate.</param>
/// <param name="Best">The lowest loss since the last restart; null before the first.</param>
/// <param name="BadEpochs">Epochs without improvement.</param>
/// <param name="Exhausted">Whether the minimum was reached: nothing more to gain.</param>
internal sealed record PlateauState(double Rate, double? Best = null, int BadEpochs = 0, bool Exhausted = false);
