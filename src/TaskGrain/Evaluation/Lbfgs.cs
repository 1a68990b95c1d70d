using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Evaluation;

/// <summary>
/// L-BFGS (Nocedal 1980) with backtracking to the Armijo condition, for smooth convex functions over the whole data.
/// By hand: libtorch's own has no line search in TorchSharp and needs a tuned step, and MathNet.Numerics' reaches the
/// same value in 40 evaluations instead of 26 and 1.8 times the time (4,000 samples of 512 numbers in 174 classes).
/// </summary>
internal static class Lbfgs
{
    private const int Memory = 10;
    private const int LongestSearch = 25;
    private const double SufficientDecrease = 1e-4;
    private const double LeastGain = 1e-9;

    /// <summary>Minimises a function.</summary>
    /// <param name="start">Where to begin; any shape, float32. Not changed.</param>
    /// <param name="evaluate">Gives the value and the gradient (same shape as the argument) at a point.</param>
    /// <param name="iterations">Most steps.</param>
    /// <param name="tolerance">
    /// Ends when no entry of the gradient is larger, or a step gains less than a billionth of the value.
    /// </param>
    /// <param name="cancel">Stops between steps.</param>
    /// <returns>The best point; the caller owns it.</returns>
    public static Tensor Minimise(
        Tensor start,
        Func<Tensor, (double Value, Tensor Gradient)> evaluate,
        int iterations,
        double tolerance,
        CancellationToken cancel
    )
    {
        var history = new LinkedList<(Tensor Step, Tensor Change, double Inverse)>();
        Tensor point = start.clone();
        var (value, gradient) = evaluate(point);
        try
        {
            for (int i = 0; i < iterations && Largest(gradient) > tolerance; i++)
            {
                cancel.ThrowIfCancellationRequested();
                using Tensor direction = Direction(gradient, history);
                double slope = Dot(direction, gradient);
                if (slope >= 0)
                {
                    break; // Rounding has eaten the descent: as good as it gets in float32.
                }

                // Without history the gradient's length says nothing about a good step; start short and let it grow.
                double length = history.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1;
                if (!TrySearch(point, value, slope, direction, length, evaluate, out var next))
                {
                    break;
                }

                Remember(history, next.Point.Minus(point), next.Gradient.Minus(gradient));
                point.Dispose();
                gradient.Dispose();
                bool gained = value - next.Value > LeastGain * Math.Abs(value);
                (point, value, gradient) = next;
                if (!gained)
                {
                    break; // The gradient is still above the tolerance, but all that is left to gain is rounding.
                }
            }

            return point;
        }
        catch
        {
            point.Dispose();
            throw;
        }
        finally
        {
            gradient.Dispose();
            foreach (var pair in history)
            {
                pair.Step.Dispose();
                pair.Change.Dispose();
            }
        }
    }

    private static bool TrySearch(
        Tensor point,
        double value,
        double slope,
        Tensor direction,
        double length,
        Func<Tensor, (double Value, Tensor Gradient)> evaluate,
        out (Tensor Point, double Value, Tensor Gradient) found
    )
    {
        for (int i = 0; i < LongestSearch; i++, length /= 2)
        {
            using Tensor scaled = direction.Times(length);
            Tensor candidate = point.Plus(scaled);
            var (candidateValue, candidateGradient) = evaluate(candidate);
            if (candidateValue <= value + (SufficientDecrease * length * slope))
            {
                found = (candidate, candidateValue, candidateGradient);
                return true;
            }

            candidate.Dispose();
            candidateGradient.Dispose();
        }

        found = default;
        return false;
    }

    private static void Remember(
        LinkedList<(Tensor Step, Tensor Change, double Inverse)> history,
        Tensor step,
        Tensor change
    )
    {
        double curvature = Dot(step, change);
        if (curvature <= 1e-12)
        {
            // Such a pair would make the model of the function not convex.
            step.Dispose();
            change.Dispose();
            return;
        }

        history.AddLast((step, change, 1 / curvature));
        if (history.Count > Memory)
        {
            history.First!.Value.Step.Dispose();
            history.First.Value.Change.Dispose();
            history.RemoveFirst();
        }
    }

    /// <summary>The two-loop recursion: minus the gradient times the estimated inverse curvature.</summary>
    private static Tensor Direction(Tensor gradient, LinkedList<(Tensor Step, Tensor Change, double Inverse)> history)
    {
        using var scope = NewDisposeScope();
        Tensor q = gradient.neg();
        var weights = new Stack<double>();
        for (var at = history.Last; at is not null; at = at.Previous)
        {
            double weight = at.Value.Inverse * Dot(at.Value.Step, q);
            weights.Push(weight);
            q = q.Plus(at.Value.Change, -weight);
        }

        if (history.Last is { } newest)
        {
            q = q.Times(1 / (newest.Value.Inverse * Dot(newest.Value.Change, newest.Value.Change)));
        }

        for (var at = history.First; at is not null; at = at.Next)
        {
            double weight = weights.Pop() - (at.Value.Inverse * Dot(at.Value.Change, q));
            q = q.Plus(at.Value.Step, weight);
        }

        return q.MoveToOuterDisposeScope();
    }

    private static double Dot(Tensor a, Tensor b)
    {
        using Tensor product = a * b;
        using Tensor sum = product.sum(ScalarType.Float64);
        return sum.ToDouble();
    }

    private static double Largest(Tensor tensor)
    {
        using Tensor magnitude = tensor.abs();
        using Tensor largest = magnitude.max();
        return largest.ToDouble();
    }
}
