/** Where the invented town watches: posts and routes around Koganei's public town centres. Ids are fixed. */
import { metresOf, type Line, type Point } from '#lib/map/length.ts';
import { demoId } from './ids.ts';
import { town } from './town.ts';

/** Public centroids of towns (WGS84). */
export const centres = {
	honcho5: [35.703725, 139.503704],
	honcho1: [35.699241, 139.509112],
	maehara3: [35.696164, 139.502882],
	midori4: [35.70753, 139.514975],
	nukuiKita3: [35.709825, 139.4988],
	higashi4: [35.698033, 139.524712],
	sakura2: [35.710317, 139.505089],
	kajino5: [35.703341, 139.524724],
	naka3: [35.698597, 139.513443],
	sekino1: [35.715835, 139.522102]
} satisfies Record<string, Point>;

const townNames: Record<keyof typeof centres, string> = {
	honcho5: '本町五丁目',
	honcho1: '本町一丁目',
	maehara3: '前原町三丁目',
	midori4: '緑町四丁目',
	nukuiKita3: '貫井北町三丁目',
	higashi4: '東町四丁目',
	sakura2: '桜町二丁目',
	kajino5: '梶野町五丁目',
	naka3: '中町三丁目',
	sekino1: '関野町一丁目'
};
/** As the settings hold them. */
export const towns = (Object.keys(townNames) as (keyof typeof centres)[]).map((key) => ({
	name: townNames[key],
	lat: centres[key][0],
	lng: centres[key][1]
}));

type Body = keyof typeof town.associations;
type Spot = { of: Body; kind: 'post' | 'route'; name: string; spot: string; line: Line };

const round = (n: number) => Math.round(n * 1e6) / 1e6;
/** A point some metres north and east of a centre. */
export const near = ([lat, lng]: Point, north: number, east: number): Point => [
	round(lat + north / 111_195),
	round(lng + east / (111_195 * Math.cos((lat * Math.PI) / 180)))
];
/** A walk around the blocks of a centre, back to where it began. */
const around = (centre: Point, size: number): Line =>
	[
		[0, -1],
		[0.55, -0.9],
		[0.7, -0.2],
		[0.62, 0.75],
		[-0.1, 0.95],
		[-0.65, 0.5],
		[-0.6, -0.45],
		[0, -1]
	].map(([north, east]) => near(centre, north! * size, east! * size));
const post = (of: Body, name: string, at: Point, spot = '信号の北側'): Spot => ({
	of,
	kind: 'post',
	name,
	spot,
	line: [at]
});
const route = (of: Body, name: string, centre: Point, size: number, spot: string): Spot => ({
	of,
	kind: 'route',
	name,
	spot,
	line: around(centre, size)
});

const spots = {
	honchoCrossing: post('honcho', '本町北交差点', near(centres.honcho5, 60, 90)),
	honchoGate: post('honcho', '本町小学校 正門前', near(centres.honcho5, -120, 40), '正門の掲示板前'),
	honchoNight: route('honcho', '本町北 夜間コース', centres.honcho5, 330, '本町北会館前'),
	midoriCrossing: post('midori', '緑町交差点', near(centres.midori4, 30, -50)),
	midoriNight: route('midori', '緑町 夜間コース', centres.midori4, 380, '緑町集会所前'),
	maeharaBridge: post('maehara', '前原橋たもと', near(centres.maehara3, -90, 30), '橋の東側'),
	maeharaWay: route('maehara', '前原小 通学路コース', centres.maehara3, 300, '前原小学校 東門'),
	nukuiShops: route('nukui', '貫井商店街コース', centres.nukuiKita3, 240, '商店会事務所前'),
	ptaGate: post('pta', '本町小学校 西門前', near(centres.honcho1, 80, -60), '西門の花壇前'),
	azumaCrossing: post('azuma', '東町四丁目交差点', near(centres.higashi4, 40, 20)),
	sakuraPark: post('sakura', '桜町児童公園前', near(centres.sakura2, -30, 60), '公園の入口'),
	kajinoWay: route('kajino', '梶野通学路コース', centres.kajino5, 310, '梶野公園入口'),
	nakaCrossing: post('naka', '中町三丁目交差点', near(centres.naka3, 20, -30)),
	sekinoWay: route('sekino', '関野 見守りコース', centres.sekino1, 280, '関野公園前'),
	motomachiNight: route('motomachi', '本町一丁目 夜間コース', centres.honcho1, 260, '親和会館前'),
	maeharaMinamiNight: route('maeharaMinami', '前原南 夜間コース', near(centres.maehara3, -300, 120), 290, '南集会所前'),
	nukuiKitaCrossing: post('nukuiKita', '貫井北町交差点', near(centres.nukuiKita3, 70, 40)),
	crimeStation: route('crimePrevention', '駅周辺コース', near(centres.honcho1, 250, -120), 420, '武蔵小金井駅 北口'),
	cityNorth: route('city', '登校パトロール 北回り', near(centres.midori4, -250, -500), 1_500, '市役所 車庫'),
	citySouth: route('city', '登校パトロール 南回り', near(centres.naka3, -200, -300), 1_400, '市役所 車庫'),
	honchoSchool: {
		of: 'honcho',
		kind: 'route',
		name: '本町小 通学路コース',
		spot: '本町小学校 正門前',
		line: [
			[-120, 40],
			[-60, -180],
			[-90, -430],
			[-170, -640],
			[-40, -900],
			[120, -1_010]
		].map(([north, east]) => near(centres.honcho5, north!, east!))
	}
} satisfies Record<string, Spot>;

export type DemoPlace = keyof typeof spots;

/** key → the place with its fixed id and length: `demoPlaces.honchoNight.id`. */
export const demoPlaces = Object.fromEntries(
	Object.entries<Spot>(spots).map(([key, one], n) => [
		key,
		{ ...one, id: demoId('watches', 1, n + 1), association: town.associations[one.of], metres: metresOf(one.line) }
	])
) as Record<DemoPlace, Spot & { id: string; association: string; metres: number }>;
