import { ChangeDetectionStrategy, Component } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Authenticated, HasRole } from 'ngx-latchkey';
import { AngularWorld } from '../../testing-support/angular-world';

@Component({
  imports: [Authenticated, HasRole],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <b *lkAuthenticated>in </b>
    <b *lkAuthenticated="let user; else: out">{{ user?.name }} </b>
    <ng-template #out>outside </ng-template>
    <b *lkHasRole="'admin'; else plain">admin </b>
    <ng-template #plain>plain </ng-template>
    <b *lkHasRole="['owner', 'admin']">either </b>
    <b *lkHasRole="'owner'">owner</b>
  `,
})
class Host {}

describe('*lkAuthenticated and *lkHasRole', () => {
  let world: AngularWorld;
  let fixture: ComponentFixture<Host>;

  beforeEach(() => {
    world = new AngularWorld();
    fixture = TestBed.createComponent(Host);
  });

  async function words(): Promise<readonly string[]> {
    await fixture.whenStable();
    const text = (fixture.nativeElement as HTMLElement).textContent;
    return text.split(/\s+/).filter(word => word !== '');
  }

  it('render nothing while nobody knows', () => {
    fixture.detectChanges();
    expect(world.auth.status()).toBe('unknown');
    expect((fixture.nativeElement as HTMLElement).textContent.trim()).toBe('');
  });

  it('follow the session', async () => {
    await world.auth.settled();
    expect(await words()).toEqual(['outside', 'plain']);
    await world.signIn();
    expect(await words()).toEqual(['in', 'Ada', 'admin', 'either']);
    await world.signIn({ user: { id: '2', name: 'Grace', roles: ['user'] } });
    expect(await words()).toEqual(['in', 'Grace', 'plain']);
    await world.auth.logout();
    expect(await words()).toEqual(['outside', 'plain']);
  });
});
