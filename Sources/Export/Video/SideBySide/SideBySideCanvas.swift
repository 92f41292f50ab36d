internal import NIOCore
internal import Vocabulary

/// The one picture in which several cameras stand.
struct SideBySideCanvas {
    private let layout: SideBySideLayout
    private let cameras: [CameraName]
    private let clock: SheetClock
    private let lettering: Lettering
    private var picture: RGBPicture

    /// At which nothing is seen of the loss before the video is encoded.
    private static let quality = 95

    init(_ layout: SideBySideLayout, cameras: [CameraName], clock: SheetClock) {
        (self.layout, self.cameras, self.clock) = (layout, cameras, clock)
        lettering = Lettering(height: Double(layout.line) * 0.5)
        picture = RGBPicture(width: layout.size.width, height: layout.size.height, filledWith: SheetStyle.ground)
        for place in cameras.indices { leave(place, since: nil) }
    }

    /// Puts a camera's picture, which fits its place, there.
    mutating func show(_ shown: RGBPicture, at place: Int, captured: Timestamp) {
        let (x, y) = layout.corner(of: place)
        clear(place)
        picture.place(
            shown, left: x + (layout.cell.width - shown.size.width) / 2,
            top: y + layout.line + (layout.cell.height - shown.size.height) / 2)
        name(place, clock.label(captured))
    }

    /// Says that a camera gave no picture since then, or none yet.
    mutating func leave(_ place: Int, since: Timestamp?) {
        let (x, y) = layout.corner(of: place)
        clear(place)
        let text = since.map { "no picture since \(clock.label($0))" } ?? "no picture yet"
        let shown = lettering.shortened(text, to: Double(layout.cell.width - 8))
        lettering.write(
            shown, in: SheetStyle.dim, on: &picture,
            left: Double(x) + (Double(layout.cell.width) - lettering.width(of: shown)) / 2,
            baseline: Double(y + layout.line + layout.cell.height / 2))
        name(place, "")
    }

    /// As it stands now; `nil` where there is no memory for it.
    var jpeg: ByteBuffer? { picture.jpeg(quality: Self.quality) }

    private mutating func clear(_ place: Int) {
        let (x, y) = layout.corner(of: place)
        picture.fill(
            left: x, top: y, width: layout.cell.width, height: layout.line + layout.cell.height, with: SheetStyle.ground
        )
    }

    private mutating func name(_ place: Int, _ time: String) {
        let (x, y) = layout.corner(of: place)
        let (left, right) = (Double(x) + lettering.height * 0.4, Double(x + layout.cell.width) - lettering.height * 0.4)
        let baseline = Double(y) + Double(layout.line) * 0.75
        let width = time.isEmpty ? 0 : lettering.width(of: time)
        let room = right - left - width - lettering.height
        // Where there is little room the name is worth more than the time.
        let showsTime = !time.isEmpty && room > lettering.height * 4
        lettering.write(
            lettering.shortened(cameras[place].text, to: showsTime ? room : right - left), in: SheetStyle.bright,
            on: &picture, left: left, baseline: baseline)
        if showsTime {
            lettering.write(time, in: SheetStyle.dim, on: &picture, left: right - width, baseline: baseline)
        }
    }
}
