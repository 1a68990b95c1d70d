using Microsoft.Playwright;

namespace TaskGrain.Tests.Explain.Reports;

/// <summary>The page as a person meets it: in Chromium, from a file, on a phone and on a desk.</summary>
public sealed class ReportInBrowserTests
{
    /// <summary>Milliseconds: Chromium starts late on a machine that is busy with other things.</summary>
    private const float Patience = 300_000;

    private static readonly string[] Browsers =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];

    [Fact]
    public async Task Cells_open_their_clips_by_mouse_and_keyboard_at_both_widths_without_complaints()
    {
        string? browser = Browsers.Select(OnThePath).FirstOrDefault(path => path is not null);
        Assert.SkipWhen(browser is null, "there is no Chromium here (apt-get install chromium)");
        using var world = new TinyWorld();
        string file = Path.Combine(world.Folder, "report.html");
        await File.WriteAllTextAsync(
            file,
            SomeReports.Html(SomeReports.Of(world), world),
            TestContext.Current.CancellationToken
        );
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = browser,
                Args = ["--no-sandbox"],
                Timeout = Patience,
            }
        );
        foreach (int width in new[] { 390, 1280 })
        {
            var complaints = new List<string>();
            IPage page = await chromium.NewPageAsync(
                new()
                {
                    ViewportSize = new() { Width = width, Height = 800 },
                }
            );
            page.SetDefaultTimeout(Patience);
            page.Console += (_, message) => complaints.Add(message.Text);
            page.PageError += (_, error) => complaints.Add(error);
            page.Request += (_, request) =>
            {
                if (
                    !request.Url.StartsWith("file:", StringComparison.Ordinal)
                    && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                )
                {
                    complaints.Add(request.Url);
                }
            };
            await page.GotoAsync(new Uri(file).AbsoluteUri);

            // All six clips were taken for the first of three categories: a column of three cells.
            await page.Locator("#cell-0-0").ClickAsync();
            Assert.Contains(
                "recognised (2)",
                await page.Locator("#detail h3").InnerTextAsync(),
                StringComparison.Ordinal
            );
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("Enter");
            Assert.Equal(
                "Moving [something] left taken for Moving [something] right (2)",
                await page.Locator("#detail h3").InnerTextAsync()
            );
            Assert.Equal(2, await page.Locator("#detail li img").CountAsync());
            Assert.True(
                await page.EvaluateAsync<bool>(
                    "[...document.images].every(image => image.complete && image.naturalWidth > 0)"
                )
            );
            await page.Locator("#choice").SelectOptionAsync("2");
            Assert.Equal(2, await page.Locator("#detail li").CountAsync());

            // The page itself never scrolls sideways.
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

            // On paper nothing is to be chosen or opened, and a clip is all its frames side by side.
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.False(await page.Locator("nav").IsVisibleAsync());
            Assert.False(await page.Locator("#choice").IsVisibleAsync());
            Assert.True(await page.Locator("#matrix").IsVisibleAsync());
            Assert.True(
                await page.EvaluateAsync<bool>(
                    "[...document.querySelectorAll('.example .clip')].every(clip => "
                        + "Math.abs(clip.offsetWidth - clip.firstElementChild.offsetWidth) < 2)"
                )
            );
            Assert.Empty(complaints);
            await page.CloseAsync();
        }
    }

    private static string? OnThePath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
