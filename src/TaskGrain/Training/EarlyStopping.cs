namespace TaskGrain.Training;

/// <summary>
/// Keeps the best epoch and says when to give up. An epoch is better when its score is higher, or equal with a lower
/// loss. Epochs in which λ still moves can be the best but do not count towards giving up.
/// </summary>
internal sealed class EarlyStopping
{
    private readonly int _patience;

    /// <summary>Starts, or goes on from a checkpoint.</summary>
    /// <param name="patience">Epochs without a better one that are borne; 0 for any number.</param>
    /// <param name="state">Where it stands.</param>
    public EarlyStopping(int patience, EarlyStoppingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _patience = patience;
        State = state;
    }

    /// <summary>Where it stands.</summary>
    public EarlyStoppingState State { get; private set; }

    /// <summary>Whether it is time to stop.</summary>
    public bool ShouldStop => _patience > 0 && State.EpochsWithout >= _patience;

    /// <summary>Takes note of an epoch.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="score">Its validation score; higher is better.</param>
    /// <param name="loss">Its validation loss with the run's final λ; decides between equal scores.</param>
    /// <param name="counts">Whether the epoch counts towards giving up.</param>
    /// <returns>True when it is the best so far.</returns>
    public bool Observe(int epoch, double score, double loss, bool counts)
    {
        // A loss that is no number must not win, nor stand in the way of others for ever.
        loss = double.IsNaN(loss) ? double.PositiveInfinity : loss;
        bool better = State.Score is not { } best || score > best || (score == best && loss < State.Loss);
        State = better
            ? new EarlyStoppingState(epoch, score, loss, 0)
            : State with
            {
                EpochsWithout = counts ? State.EpochsWithout + 1 : 0,
            };
        return better;
    }
}

/// <summary>Where <see cref="EarlyStopping"/> stands.</summary>
/// <param name="Epoch">The best epoch, from 1; 0 before the first.</param>
/// <param name="Score">Its score; null before the first.</param>
/// <param name="Loss">Its loss; null before the first.</param>
/// <param name="EpochsWithout">Epochs since that were no better.</param>
internal sealed record EarlyStoppingState(
    int Epoch = 0,
    double? Score = null,
    double? Loss = null,
    int EpochsWithout = 0
);
